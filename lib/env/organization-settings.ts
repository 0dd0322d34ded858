import { z } from "zod";
import { organizationKeySchema } from "@/lib/domain/organization";
import { type Region, regionSchema } from "@/lib/domain/region";
import { parseSafeAddress } from "./address";

/** One organization and the credential the console holds for it. `baseUrls` have no trailing slash. */
export type OrganizationSettings = {
  key: string;
  mixpanelId: number;
  region: Region;
  username: string;
  secret: string;
  baseUrls: Record<Region, string>;
  name?: string;
};

export const defaultBaseUrls: Record<Region, string> = {
  us: "https://mixpanel.com/api/app",
  eu: "https://eu.mixpanel.com/api/app",
  in: "https://in.mixpanel.com/api/app",
};

/** Every field of an organization: its variable's name, which the file may use as well, and an example. */
export const organizationFields = {
  serviceAccount: { variable: "MIXPANEL_SERVICE_ACCOUNT", example: "keywarden.1a2b3c.mp-service-account" },
  serviceAccountSecret: { variable: "MIXPANEL_SERVICE_ACCOUNT_SECRET", example: "the-secret-mixpanel-showed-once" },
  serviceAccountSecretFile: { variable: "MIXPANEL_SERVICE_ACCOUNT_SECRET_FILE", example: "/run/secrets/mixpanel" },
  organizationId: { variable: "MIXPANEL_ORGANIZATION_ID", example: "1234567" },
  region: { variable: "MIXPANEL_REGION", example: "eu" },
  baseUrl: { variable: "MIXPANEL_BASE_URL", example: "https://eu.mixpanel.com/api/app" },
} as const;
const text = z.string("is missing").trim().min(1, "is missing");
const baseUrlSchema = text.transform((value, check) => {
  const answer = parseSafeAddress(value);
  if ("url" in answer) return `${answer.url.origin}${answer.url.pathname}`.replace(/\/+$/, "");
  check.addIssue({ code: "custom", message: answer.reason });
  return z.NEVER;
});

/** One address for all regions, or one each where it holds `{region}`. */
export function baseUrlOfEach(address: string): Record<Region, string> {
  const at = (region: Region) => address.replaceAll("{region}", region);
  return { us: at("us"), eu: at("eu"), in: at("in") };
}

export const baseUrlsSchema = z.object({ us: baseUrlSchema, eu: baseUrlSchema, in: baseUrlSchema }).partial().strict();

/** Reads one organization's fields, and adds what Mixpanel's own addresses and identifiers give. */
export const organizationSettingsSchema = z
  .strictObject({
    serviceAccount: text,
    serviceAccountSecret: text,
    organizationId: z
      .union(
        [
          z
            .string()
            .trim()
            .regex(/^\d{1,15}$/, "is not a number"),
          z.number(),
        ],
        "is missing, or not a number",
      )
      .transform(Number)
      .pipe(z.int("is not a whole number").positive("is not a positive number")),
    region: z.enum(regionSchema.options, "is not one of us, eu, in").default("us"),
    baseUrl: z
      .preprocess((value) => (typeof value === "string" ? baseUrlOfEach(value) : value), baseUrlsSchema)
      .optional(),
    key: z
      .string()
      .refine((key) => organizationKeySchema.safeParse(key).success, "may hold letters, digits and hyphens")
      .optional(),
    name: text.optional(),
  })
  .transform(
    ({ baseUrl, organizationId, serviceAccount, serviceAccountSecret, key, name, region }): OrganizationSettings => ({
      key: key ?? String(organizationId),
      mixpanelId: organizationId,
      region,
      username: serviceAccount,
      secret: serviceAccountSecret,
      baseUrls: { ...defaultBaseUrls, ...baseUrl },
      ...(name === undefined ? {} : { name }),
    }),
  );
