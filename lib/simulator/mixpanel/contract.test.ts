import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { type RunningSimulator, startSimulator } from "./server";
import { type Client, clientOf, type Reply } from "./test-client";

const DOCUMENT =
  process.env.OPENAPI_DOCUMENT ?? resolve(process.cwd(), "../shared/mixpanel/service-accounts.openapi.yaml");
const published = existsSync(DOCUMENT);

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.union([
        z.looseObject({
          operationId: z.string(),
          requestBody: z.unknown().optional(),
          responses: z.record(z.string(), z.unknown()),
        }),
        z.array(z.unknown()),
      ]),
    ),
  ),
});
const document = published ? documentSchema.parse(parse(readFileSync(DOCUMENT, "utf8"))) : { paths: {} };
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "published");

type Operation = { pointer: string; statuses: string[] };
const operations = new Map<string, Operation>();
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (Array.isArray(operation)) continue;
    const pointer = ["paths", path, method].map((part) =>
      encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
    );
    operations.set(operation.operationId, { pointer: pointer.join("/"), statuses: Object.keys(operation.responses) });
  }
}

const JSON_SCHEMA = `content/${encodeURIComponent("application~1json")}/schema`;

function departures(pointer: string, value: unknown): unknown {
  const validate = ajv.compile({ $ref: `published#/${pointer}` });
  return validate(value) ? [] : validate.errors;
}

const envelope = z.object({ status: z.literal("error"), error: z.string().min(1) });

/** The answer has the status, JSON, and the shape the document gives for both. */
function expectAnswer(operationId: string, status: number, reply: Reply): void {
  expect({ status: reply.status, text: reply.text }).toMatchObject({ status });
  expect(reply.headers.get("content-type")).toMatch(/^application\/json\b/);
  const { pointer } = operations.get(operationId) ?? { pointer: "" };
  expect(departures(`${pointer}/responses/${status}/${JSON_SCHEMA}`, reply.body)).toEqual([]);
  if (status >= 400) envelope.parse(reply.body);
}

function requestDepartures(operationId: string, body: unknown): unknown {
  return departures(`${operations.get(operationId)?.pointer}/requestBody/${JSON_SCHEMA}`, body);
}

if (!published) {
  describe("the published contract", () => {
    it.skip("the published OpenAPI document is not beside this checkout: contract tests skipped");
  });
}

describe.skipIf(!published)("the published contract", () => {
  let simulator: RunningSimulator;
  let client: Client;
  let projects: number[];
  const covered = new Set<string>();

  beforeAll(async () => {
    simulator = await startSimulator({ accounts: 40, projects: 6, oddities: false });
    client = clientOf(simulator);
    projects = await client.projectIds();
  });
  afterAll(() => simulator.stop());

  /** Asks, and holds the answer to the document; a request that should be accepted is held to it too. */
  async function drive(
    operationId: string,
    status: number,
    [method, path]: [string, string],
    options: Parameters<Client["api"]>[2] = {},
  ): Promise<Reply> {
    if (status < 300 && options.body !== undefined) expect(requestDepartures(operationId, options.body)).toEqual([]);
    const reply = await client.api(method, path, options);
    expectAnswer(operationId, status, reply);
    covered.add(`${operationId} ${status}`);
    return reply;
  }

  it("lists the organization's service accounts", async () => {
    const id = "list-service-accounts";
    await drive(id, 200, ["GET", client.accountsPath]);
    await drive(id, 200, ["GET", `${client.accountsPath}/`]);
    await drive(id, 401, ["GET", client.accountsPath], { as: null });
    await drive(id, 403, ["GET", client.accountsPath], { as: simulator.project });
    await drive(id, 404, ["GET", "/organizations/1/service-accounts"]);
    await drive(id, 404, ["GET", "/organizations/none/service-accounts"]);
  });

  it("creates one, with each kind of body the document allows", async () => {
    const id = "create-service-account";
    const [project = 0] = projects;
    const bodies = [
      { username: "plain" },
      { username: "with-role", role: "analyst" },
      { username: "expiring", expires: "2090-01-02T03:04:05.678Z" },
      { username: "offset", expires: "2090-01-02T03:04:05+02:00" },
      { username: "in-project", role: "consumer", projects: [{ id: project, role: "analyst" }] },
      { username: "role-left-out", projects: [{ id: project }] },
      { username: "<b>'\"\u202e:\u0000 __proto__", projects: [], extra: true },
    ];
    for (const body of bodies) {
      const { results } = z
        .object({
          results: z.looseObject({
            id: z.int(),
            token: z.string(),
            username: z.string(),
            user: z.int(),
            creator: z.int(),
            created: z.string(),
          }),
        })
        .parse((await drive(id, 201, ["POST", client.accountsPath], { body })).body);
      expect(results.token).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(results.username.slice(0, body.username.length)).toBe(body.username);
      expect(results.username.slice(body.username.length)).toMatch(/^\.[0-9a-f]{6}\.mp-service-account$/);
    }
    await drive(id, 401, ["POST", client.accountsPath], { as: null, body: bodies[0] });
    await drive(id, 403, ["POST", client.accountsPath], { as: simulator.project, body: bodies[0] });
    await drive(id, 404, ["POST", "/organizations/1/service-accounts"], { body: bodies[0] });
    await drive(id, 404, ["POST", client.accountsPath], { body: { username: "x", projects: [{ id: 1 }] } });
  });

  const malformed = ["", "{", "nonsense", '{"username":"x"', "\u0000"];
  const noObject = [null, [], "text", 7, true];
  const untyped: [string, unknown][] = [
    ["create-service-account", {}],
    ["create-service-account", { username: null }],
    ["create-service-account", { username: 7 }],
    ["create-service-account", { username: "x", role: "superuser" }],
    ["create-service-account", { username: "x", role: null }],
    ["create-service-account", { username: "x", role: ["admin"] }],
    ["create-service-account", { username: "x", expires: "tomorrow" }],
    ["create-service-account", { username: "x", expires: "2090-01-02" }],
    ["create-service-account", { username: "x", expires: "2090-01-02T03:04:05" }],
    ["create-service-account", { username: "x", expires: "2090-02-30T03:04:05Z" }],
    ["create-service-account", { username: "x", expires: 1_900_000_000 }],
    ["create-service-account", { username: "x", expires: null }],
    ["create-service-account", { username: "x", projects: {} }],
    ["create-service-account", { username: "x", projects: [7] }],
    ["create-service-account", { username: "x", projects: [{ id: "7" }] }],
    ["create-service-account", { username: "x", projects: [{ id: 7.5, role: "admin" }] }],
    ["create-service-account", { username: "x", projects: [{ id: 7, role: "no role" }] }],
    ["add-service-accounts-to-projects", {}],
    ["add-service-accounts-to-projects", { projects: [] }],
    ["add-service-accounts-to-projects", { service_account_ids: [] }],
    ["add-service-accounts-to-projects", { projects: [{ id: 1 }], service_account_ids: [1] }],
    ["add-service-accounts-to-projects", { projects: [{ role: "admin" }], service_account_ids: [1] }],
    ["add-service-accounts-to-projects", { projects: [{ id: 1, role: "boss" }], service_account_ids: [1] }],
    ["add-service-accounts-to-projects", { projects: [], service_account_ids: ["1"] }],
    ["add-service-accounts-to-projects", { projects: [], service_account_ids: 1 }],
    ["add-service-accounts-to-projects", { projects: "1", service_account_ids: [] }],
    ["remove-service-accounts-from-projects", {}],
    ["remove-service-accounts-from-projects", { projects: 1 }],
    ["remove-service-accounts-from-projects", { projects: [{ id: 1 }] }],
    ["remove-service-accounts-from-projects", { projects: [{ service_account_ids: [] }] }],
    ["remove-service-accounts-from-projects", { projects: [{ id: 1, service_account_ids: [null] }] }],
    ["remove-service-accounts-from-projects", { projects: [{ id: true, service_account_ids: [] }] }],
  ];
  const writes: Record<string, string> = {
    "create-service-account": "",
    "add-service-accounts-to-projects": "/add-to-project",
    "remove-service-accounts-from-projects": "/remove-from-project",
  };

  it.each(Object.keys(writes))("%s refuses what is no JSON object", async (id) => {
    const before = await client.control("GET", "/ledger");
    for (const body of [...malformed, ...noObject.map((value) => JSON.stringify(value))]) {
      await drive(id, 400, ["POST", client.accountsPath + writes[id]], { body });
    }
    expect((await client.control("GET", "/ledger")).text).toBe(before.text);
  });

  it.each(untyped)("%s refuses %j with a reason that names the place, as the document does", async (id, body) => {
    expect(requestDepartures(id, body)).not.toEqual([]);
    const reply = await drive(id, 400, ["POST", client.accountsPath + writes[id]], { body });
    expect(envelope.parse(reply.body).error).toMatch(
      /^(username|role|expires|projects|service_account_ids)[^ ]*: (must|is required)/,
    );
  });

  it("answers 400 to an empty or long name and to an expiry in the past, which the document leaves open", async () => {
    for (const body of [
      { username: "" },
      { username: " \t" },
      { username: "x".repeat(300) },
      { username: "x", expires: "2001-01-01T00:00:00Z" },
    ]) {
      expect(requestDepartures("create-service-account", body)).toEqual([]);
      await drive("create-service-account", 400, ["POST", client.accountsPath], { body });
    }
  });

  it("gets one account, bare", async () => {
    const id = "get-service-account";
    const { id: accountId } = await client.create({ username: "to-get", expires: "2090-01-01T00:00:00Z" });
    const reply = await drive(id, 200, ["GET", `${client.accountsPath}/${accountId}`]);
    expect(reply.body).toMatchObject({ id: accountId, expires: "2090-01-01T00:00:00Z" });
    expect(reply.body).not.toHaveProperty("results");
    expect(reply.body).not.toHaveProperty("token");
    await drive(id, 401, ["GET", `${client.accountsPath}/${accountId}`], { as: null });
    await drive(id, 403, ["GET", `${client.accountsPath}/${accountId}`], { as: simulator.project });
    await drive(id, 404, ["GET", `${client.accountsPath}/1`]);
  });

  it("lists a project's members", async () => {
    const id = "list-project-service-accounts";
    const [first, second] = projects;
    await drive(id, 200, ["GET", `/projects/${first}/service-accounts`]);
    await drive(id, 200, ["GET", `/projects/${first}/service-accounts`], { as: simulator.project });
    await drive(id, 401, ["GET", `/projects/${first}/service-accounts`], { as: null });
    await drive(id, 403, ["GET", `/projects/${second}/service-accounts`], { as: simulator.project });
    await drive(id, 404, ["GET", "/projects/1/service-accounts"]);
  });

  it("adds to projects and removes from them", async () => {
    const { id: accountId } = await client.create({ username: "member" });
    const [projectId = 0] = projects;
    const add = { projects: [{ id: projectId, role: "analyst" }], service_account_ids: [accountId] };
    const remove = { projects: [{ id: projectId, service_account_ids: [accountId] }] };
    const unknown = 999_999_999;
    const cases: [string, string, unknown, unknown[]][] = [
      [
        "add-service-accounts-to-projects",
        "add-to-project",
        add,
        [
          { ...add, service_account_ids: [unknown] },
          { ...add, projects: [{ id: unknown, role: "analyst" }] },
        ],
      ],
      [
        "remove-service-accounts-from-projects",
        "remove-from-project",
        remove,
        [
          { projects: [{ id: unknown, service_account_ids: [accountId] }] },
          { projects: [{ id: projectId, service_account_ids: [unknown] }] },
        ],
      ],
    ];
    for (const [id, path, body, missing] of cases) {
      const address: [string, string] = ["POST", `${client.accountsPath}/${path}`];
      expect((await drive(id, 200, address, { body })).body).toEqual({ status: "ok" });
      await drive(id, 200, ["POST", `${client.accountsPath}/${path}/`], { body });
      await drive(id, 401, address, { as: null, body });
      await drive(id, 403, address, { as: simulator.project, body });
      await drive(id, 404, ["POST", `/organizations/1/service-accounts/${path}`], { body });
      for (const wrong of missing) await drive(id, 404, address, { body: wrong });
    }
  });

  it("deletes one", async () => {
    const id = "delete-service-account";
    const { id: accountId } = await client.create({ username: "to-delete" });
    const address: [string, string] = ["DELETE", `${client.accountsPath}/${accountId}`];
    await drive(id, 401, address, { as: null });
    await drive(id, 403, address, { as: simulator.project });
    expect((await drive(id, 200, address)).body).toEqual({ status: "ok" });
    await drive(id, 404, address);
  });

  it("has been driven in every operation and every documented status", () => {
    const all = [...operations].flatMap(([id, { statuses }]) => statuses.map((status) => `${id} ${status}`));
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((pair) => !covered.has(pair))).toEqual([]);
  });

  it("is departed from by the seed's oddities in dates, nulls and roles, and in nothing else", async () => {
    const odd = await startSimulator({ accounts: 120, projects: 24 });
    const oddClient = clientOf(odd);
    const schemaOf = (id: string) => `${operations.get(id)?.pointer}/responses/200/${JSON_SCHEMA}`;
    const errors: unknown[] = [
      departures(schemaOf("list-service-accounts"), (await oddClient.api("GET", oddClient.accountsPath)).body),
    ];
    for (const id of await oddClient.projectIds()) {
      errors.push(
        departures(
          schemaOf("list-project-service-accounts"),
          (await oddClient.api("GET", `/projects/${id}/service-accounts`)).body,
        ),
      );
    }
    await odd.stop();
    const places = z.array(z.looseObject({ instancePath: z.string() })).parse(errors.flat());
    const fields = new Set(places.map(({ instancePath }) => instancePath.split("/").at(-1)));
    expect([...fields].sort()).toEqual(["created", "expires", "last_used", "role"]);
  });
});
