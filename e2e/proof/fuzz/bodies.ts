import fc from "fast-check";
import { writableRoles } from "@/lib/domain/role";
import { anything, text } from "./values";

/** What the requests may name that really exists. */
export type Known = {
  organizationKeys: string[];
  accountIds: number[];
  projectIds: number[];
  operationIds: string[];
  credentials: { username: string; secret: string }[];
};

type Shape = Record<string, fc.Arbitrary<unknown>>;

const name = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9-]{2,20}$/), text);
const expiry = fc.oneof(
  fc.constant(null),
  fc
    .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  text,
);

/** Bodies as each route wants them, from nearly right to hopeless. */
export function bodyShapes({ accountIds, projectIds, credentials }: Known): Record<string, Shape> {
  const account = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...accountIds) },
    { weight: 1, arbitrary: fc.integer() },
  );
  const project = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...projectIds) },
    { weight: 1, arbitrary: fc.integer() },
  );
  const role = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<string>(...writableRoles) },
    { weight: 1, arbitrary: text },
  );
  const grants = fc.array(fc.record({ id: project, role }), { maxLength: 4 });
  const accounts = fc.array(account, { maxLength: 3 });
  const credential = fc.oneof(fc.constantFrom(...credentials), fc.record({ username: text, secret: text }));
  const pasted = {
    username: credential.map(({ username }) => username),
    secret: credential.map(({ secret }) => secret),
  };
  const confirmation = fc.oneof(fc.constantFrom("", "delete 2 service accounts", "delete 3 service accounts"), text);
  const organization = "/api/organizations/[organizationKey]";
  return {
    "/api/operator/tour": { status: fc.constantFrom("in_progress", "left", "declined", "x"), step: fc.integer() },
    "/api/operator/sessions": {
      sessionId: fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) }),
    },
    "/api/organizations": { ...pasted, organizationId: fc.integer(), key: text },
    "/api/organizations/preview": pasted,
    [`${organization}/credential`]: pasted,
    [`${organization}/credential/rotation`]: {
      rotationId: text,
      days: fc.constantFrom(30, 90, 7),
      keepPredecessor: fc.boolean(),
    },
    [`${organization}/credential/rotation/cancel`]: { rotationId: text },
    [`${organization}/deletions`]: { accountIds: accounts, confirmation },
    [`${organization}/membership-removals`]: { accountIds: accounts, projectIds: fc.array(project, { maxLength: 4 }) },
    [`${organization}/memberships`]: { accountIds: accounts, projects: grants },
    [`${organization}/removal`]: { confirmation: text },
    [`${organization}/service-accounts`]: {
      name,
      purpose: text,
      role,
      expiresAt: expiry,
      neverReason: text,
      projects: grants,
    },
    [`${organization}/sync`]: { acceptDoubt: fc.boolean() },
    "/api/auth/[...nextauth]": {
      csrfToken: text,
      callbackUrl: text,
      json: fc.constantFrom("true", "false"),
      role: text,
    },
  };
}

/** The body as text: as wanted, with one field replaced or left out, any JSON, or no JSON at all. */
export function bodyText(shape: Shape): fc.Arbitrary<string> {
  const wanted = fc.record(shape);
  const fields = Object.keys(shape);
  const broken = fc
    .tuple(wanted, fc.constantFrom(...fields, "__proto__", "role", "organizationKey"), anything)
    .map(([body, field, value]) =>
      JSON.stringify({ ...body }).replace(/}$/, `,${JSON.stringify(field)}:${json(value)}}`),
    );
  const partial = fc.record(shape, { requiredKeys: [] }).map(json);
  return fc.oneof(
    { weight: 6, arbitrary: wanted.map(json) },
    { weight: 5, arbitrary: broken },
    { weight: 3, arbitrary: partial },
    { weight: 2, arbitrary: anything.map(json) },
    { weight: 1, arbitrary: text },
    { weight: 1, arbitrary: fc.integer({ min: 60, max: 80 }).map((kilobytes) => `"${"a".repeat(kilobytes * 1024)}"`) },
  );
}

const json = (value: unknown) => JSON.stringify(value) ?? "null";
