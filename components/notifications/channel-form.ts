import { ApiError } from "@/lib/api-client/api-error";
import {
  type ChannelChange,
  type ChannelInput,
  type ChannelKind,
  type ChannelView,
  channelChangeSchema,
  channelInputSchema,
} from "@/lib/domain/notification-channel";
import { type Severity, severities } from "@/lib/domain/policy";

/** What the form holds: text as it is typed. */
export type ChannelForm = {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  url: string;
  toOwners: boolean;
  addresses: string;
  severities: Severity[];
  owners: string;
  tags: string;
  delivery: "digest" | "single";
  hour: string;
  timeZone: string;
  findings: boolean;
  renewSecret: boolean;
};
export type ChannelProblems = Partial<Record<keyof ChannelForm, string>>;

export const kindNames: Record<ChannelKind, string> = { mail: "Mail", slack: "Slack", webhook: "Webhook" };

export function emptyForm(kind: ChannelKind): ChannelForm {
  return {
    kind,
    ...{ name: "", enabled: true, url: "", toOwners: true, addresses: "", severities: [...severities] },
    ...{ owners: "", tags: "", delivery: "digest", hour: "9", timeZone: "UTC", findings: true, renewSecret: false },
  };
}

export function formOf(channel: ChannelView): ChannelForm {
  return {
    ...emptyForm(channel.kind),
    ...{ name: channel.name, enabled: channel.enabled, severities: channel.severities, delivery: channel.delivery },
    ...{ owners: channel.owners.join(", "), tags: channel.tags.join(", "), hour: String(channel.hour) },
    ...{ timeZone: channel.timeZone, toOwners: channel.mail?.toOwners ?? true },
    addresses: channel.mail?.addresses.join(", ") ?? "",
    findings: channel.findings,
  };
}

const listOf = (text: string) =>
  text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

function valuesOf(form: ChannelForm) {
  return {
    kind: form.kind,
    ...{ name: form.name, enabled: form.enabled, severities: form.severities, delivery: form.delivery },
    ...{
      owners: listOf(form.owners),
      tags: listOf(form.tags),
      hour: Number(form.hour),
      findings: form.findings,
      timeZone: form.timeZone.trim(),
    },
    ...(form.kind === "mail" && { mail: { toOwners: form.toOwners, addresses: listOf(form.addresses) } }),
  };
}

/** What is sent, or what is wrong with it by field. */
export function readNew(form: ChannelForm): { input: ChannelInput } | { problems: ChannelProblems } {
  const parsed = channelInputSchema.safeParse({ ...valuesOf(form), url: form.url.trim() });
  return parsed.success ? { input: parsed.data } : { problems: problemsOf(parsed.error.issues) };
}

/** The same for a change; an address that is left empty stays as it is. */
export function readChange(form: ChannelForm): { input: ChannelChange } | { problems: ChannelProblems } {
  const url = form.url.trim() || undefined;
  const parsed = channelChangeSchema.safeParse({ ...valuesOf(form), url, renewSecret: form.renewSecret });
  return parsed.success ? { input: parsed.data } : { problems: problemsOf(parsed.error.issues) };
}

const fields = ["name", "url", "addresses", "severities", "owners", "tags", "hour", "timeZone"] as const;

function problemsOf(issues: readonly { path: PropertyKey[]; message: string }[]): ChannelProblems {
  const problems: ChannelProblems = {};
  for (const { path, message } of issues) {
    const field = fields.find((name) => path.includes(name));
    if (field) problems[field] ??= message;
  }
  return problems;
}

/** What the server found wrong with a field. */
export function serverProblems(error: unknown): ChannelProblems {
  const found = error instanceof ApiError ? (error.failure.fields ?? {}) : {};
  return problemsOf(Object.entries(found).map(([path, message]) => ({ path: path.split("."), message })));
}
