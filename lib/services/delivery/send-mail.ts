import { createTransport } from "nodemailer";
import { z } from "zod";
import type { NotificationSettings } from "@/lib/env/notification-settings";
import { type DeliveryResult, targetFailed } from "./delivery-result";
import type { MailContent } from "./render-mail";

const STEP_MS = 8_000;
const TOTAL_MS = 30_000;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const failureSchema = z.object({ code: z.string().optional(), responseCode: z.number().optional() });

export type Mail = MailContent & { to: string; id: string };

/** Hands one mail to the configured server. The same id gives the same Message-ID, so that a repeat can be told. */
export async function sendMail(
  settings: NotificationSettings["mail"],
  { to, id, ...content }: Mail,
  consoleUrl: string,
): Promise<DeliveryResult> {
  if (!settings) return targetFailed("No mail server is configured (KEYWARDEN_SMTP_URL).");
  const transport = createTransport({
    ...connectionOf(new URL(settings.url)),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const timer = setTimeout(() => transport.close(), TOTAL_MS);
  try {
    await transport.sendMail({
      ...content,
      from: settings.from,
      to: { name: "", address: to },
      messageId: `<${id}@${new URL(consoleUrl).hostname}>`,
      headers: { "auto-submitted": "auto-generated" },
    });
    return { delivered: true };
  } catch (error) {
    return describe(failureSchema.safeParse(error).data ?? {});
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

/** With a password nothing is said before the connection is encrypted, except to this machine itself. */
function connectionOf(url: URL) {
  const secure = url.protocol === "smtps:";
  const user = decodeURIComponent(url.username);
  const local = loopback.test(url.hostname);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && user !== "" && !local,
    ...(user === "" ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    dnsTimeout: STEP_MS,
  };
}

function describe({ code, responseCode }: z.infer<typeof failureSchema>): DeliveryResult {
  const answer = responseCode === undefined ? "" : ` (${responseCode})`;
  if (code === "EENVELOPE") {
    return { delivered: false, scope: "message", reason: `The mail server refused the address${answer}.` };
  }
  if (code === "EMESSAGE") {
    return { delivered: false, scope: "message", reason: `The mail server refused the message${answer}.` };
  }
  if (code === "EAUTH") return targetFailed(`The mail server refused the sign-in${answer}.`);
  if (code === "ETLS") return targetFailed("The connection to the mail server could not be encrypted.");
  if (code === "ETIMEDOUT") return targetFailed("The mail server did not answer in time.");
  if (responseCode !== undefined) return targetFailed(`The mail server answered with ${responseCode}.`);
  return targetFailed("The mail server cannot be reached.");
}
