import { readFileSync } from "node:fs";
import type { AnyCrashPoint } from "@/lib/domain/crash-point";
import type { Policy } from "@/lib/domain/policy";
import type { Region } from "@/lib/domain/region";
import { isAddressOrBlock } from "./address";
import { readCrashPoint } from "./crash-settings";
import { EnvironmentProblems } from "./environment-problems";
import { type NotificationSettings, readMetricsToken, readNotifications } from "./notification-settings";
import type { OrganizationSettings } from "./organization-settings";
import { readBaseUrls, readOrganizations } from "./organizations";
import { readPolicy } from "./policy-settings";
import { readSignIn, type SignInSettings } from "./sign-in-settings";
import { type DatabaseSettings, readDatabase, readEncryptionKey, readPreviousEncryptionKeys } from "./storage-settings";
import { type ReadFile, type Source, Variables } from "./variables";

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** What the process was told from outside, parsed once; nothing else reads process.env. */
export type Environment = {
  production: boolean;
  port: number;
  logLevel: (typeof logLevels)[number];
  organizations: OrganizationSettings[];
  /** Where Mixpanel is for organizations that are added on the settings page. */
  mixpanelBaseUrls: Record<Region, string>;
  signIn: SignInSettings;
  database: DatabaseSettings;
  encryptionKey: Buffer;
  previousEncryptionKeys: Buffer[];
  /** Addresses and blocks whose forwarded headers are believed; empty: nobody's. */
  trustedProxies: string[];
  deletionsPerHour: number;
  /** The policy of every organization, where a file holds it. */
  policy?: Policy;
  notifications: NotificationSettings;
  /** Whoever sends it may read the metrics; without it nobody may. */
  metricsToken?: string;
  /** A file that receives a copy of every audit event, or `stdout`. */
  auditCopy?: string;
  /** Shown to people who sign in without a role: whom to ask. */
  administratorContact?: string;
  /** Torture tests only: the step at which the process ends itself. */
  crashAt?: AnyCrashPoint;
};

/** Parses the environment. Throws EnvironmentError with one line per problem. */
export function readEnvironment(source: Source, readFile: ReadFile = readText): Environment {
  const problems = new EnvironmentProblems();
  const variables = new Variables(source, readFile, problems);
  const environment: Environment = {
    production: source.NODE_ENV === "production",
    port: variables.integer("PORT", 3000, { min: 0, max: 65_535 }),
    logLevel: variables.oneOf("KEYWARDEN_LOG_LEVEL", logLevels, "info"),
    organizations: readOrganizations(variables),
    mixpanelBaseUrls: readBaseUrls(variables),
    signIn: readSignIn(variables),
    database: readDatabase(variables),
    encryptionKey: readEncryptionKey(variables),
    previousEncryptionKeys: readPreviousEncryptionKeys(variables),
    trustedProxies: readTrustedProxies(variables),
    deletionsPerHour: variables.integer("KEYWARDEN_DELETIONS_PER_HOUR", 10, { min: 0, max: 10_000 }),
    notifications: readNotifications(variables),
  };
  const metricsToken = readMetricsToken(variables);
  if (metricsToken) environment.metricsToken = metricsToken;
  const auditCopy = variables.text("KEYWARDEN_AUDIT_COPY");
  if (auditCopy) environment.auditCopy = auditCopy;
  const policy = readPolicy(variables);
  if (policy) environment.policy = policy;
  const administratorContact = variables.text("KEYWARDEN_ADMINISTRATOR_CONTACT");
  if (administratorContact) environment.administratorContact = administratorContact;
  const crashAt = readCrashPoint(variables, environment.organizations);
  if (crashAt) environment.crashAt = crashAt;
  problems.throwIfAny();
  return environment;
}

let loaded: Environment | undefined;

/** The environment of this process. Throws EnvironmentError; whoever starts the process prints its lines and exits. */
export function loadEnvironment(): Environment {
  loaded ??= readEnvironment(process.env);
  return loaded;
}

function readTrustedProxies(variables: Variables): string[] {
  const name = "KEYWARDEN_TRUSTED_PROXIES";
  const proxies = variables.list(name);
  const wrong = proxies.find((proxy) => !isAddressOrBlock(proxy));
  if (wrong) variables.problems.add(name, `holds "${wrong}", which is no address or block`, "10.0.0.0/8,192.168.1.10");
  return proxies;
}

function readText(path: string): string {
  return readFileSync(path, "utf8");
}
