import type { Variables } from "./variables";

/** Where mail goes out, and which receivers inside one's own network messages may be sent to. */
export type NotificationSettings = {
  mail: { url: string; from: string } | null;
  /** `host:port` in small letters. */
  allowedHosts: string[];
};

const SMTP = "KEYWARDEN_SMTP_URL";
const FROM = "KEYWARDEN_MAIL_FROM";
const HOSTS = "KEYWARDEN_WEBHOOK_ALLOWED_HOSTS";
const smtpExample = "smtps://keywarden:password@smtp.example.com:465";
const fromExample = "Keywarden <keywarden@example.com>";
/** An address alone, or behind a name in front of angle brackets. */
const sender = /^(?:[^<>@\p{Cc}]*<[^<>@\s\p{Cc}]+@[^<>@\s\p{Cc}]+>|[^<>@\s\p{Cc}]+@[^<>@\s\p{Cc}]+)$/u;

export function readNotifications(variables: Variables): NotificationSettings {
  return { mail: readMail(variables), allowedHosts: readAllowedHosts(variables) };
}

function readMail(variables: Variables): NotificationSettings["mail"] {
  const url = variables.secret(SMTP, smtpExample);
  const from = variables.text(FROM);
  if (url === undefined) {
    if (from) variables.problems.add(SMTP, `is missing, while ${FROM} is given`, smtpExample);
    return null;
  }
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === "") {
    variables.problems.add(SMTP, "is not an smtp:// or smtps:// address", smtpExample);
  }
  if (!from) variables.problems.add(FROM, `is missing, while ${SMTP} is given`, fromExample);
  else if (!sender.test(from)) variables.problems.add(FROM, "is not the address of a sender", fromExample);
  return { url, from: from ?? "" };
}

function readAllowedHosts(variables: Variables): string[] {
  return variables.list(HOSTS).flatMap((entry) => {
    const match = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})$/.exec(entry);
    const [, host = "", port = ""] = match ?? [];
    if (host && Number(port) > 0 && Number(port) <= 65_535 && URL.canParse(`https://${host}`)) {
      return [`${new URL(`https://${host}`).hostname}:${Number(port)}`];
    }
    variables.problems.add(HOSTS, `holds "${entry}", which is no host with a port`, "alerts.internal:8443");
    return [];
  });
}

const TOKEN = "KEYWARDEN_METRICS_TOKEN";
const TOKEN_MIN = 32;

export function readMetricsToken(variables: Variables): string | undefined {
  const token = variables.secret(TOKEN, "$(openssl rand -base64 32)");
  if (token !== undefined && !/^[A-Za-z0-9+/=._~-]+$/.test(token)) {
    variables.problems.add(TOKEN, "holds characters that a Bearer token cannot have", "$(openssl rand -base64 32)");
  } else if (token !== undefined && token.length < TOKEN_MIN) {
    variables.problems.add(TOKEN, `is shorter than ${TOKEN_MIN} characters`, "$(openssl rand -base64 32)");
  }
  return token;
}
