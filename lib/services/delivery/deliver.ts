import type { Notification } from "@/lib/domain/notification";
import type { ChannelKind } from "@/lib/domain/notification-channel";
import type { AppContext } from "@/lib/services/context";
import { type DeliveryResult, targetFailed } from "./delivery-result";
import { postJson } from "./post-json";
import { renderMail } from "./render-mail";
import { renderSlack } from "./render-slack";
import { renderWebhook, signWebhook } from "./render-webhook";
import { sendMail } from "./send-mail";

/** Address and signing secret of a channel, opened; null for mail. */
export type Target = { url: string; secret: string | null };
export type Outgoing = {
  id: string;
  kind: ChannelKind;
  target: Target | null;
  recipient: string | null;
  notification: Notification;
  createdAt: string;
};

/** Tries one message once, in the form of its channel. Never throws. */
export async function deliver(
  { environment, now, logger }: Pick<AppContext, "environment" | "now" | "logger">,
  outgoing: Outgoing,
): Promise<DeliveryResult> {
  try {
    return await send(environment, outgoing, now());
  } catch (error) {
    logger.error({ notification: outgoing.id, err: error }, "A message could not be made");
    return targetFailed("The message could not be made. The log of Keywarden says more.");
  }
}

async function send(environment: AppContext["environment"], outgoing: Outgoing, at: Date): Promise<DeliveryResult> {
  const { id, kind, target, recipient, notification, createdAt } = outgoing;
  const { allowedHosts, mail } = environment.notifications;
  const console = environment.signIn.url;
  if (kind === "mail") {
    if (recipient === null) return targetFailed("There is nobody to write to.");
    return sendMail(mail, { ...renderMail(notification, console), to: recipient, id }, console);
  }
  if (!target) return targetFailed("Its address cannot be opened with the encryption key in use.");
  if (kind === "slack") {
    return postJson({ url: target.url, body: renderSlack(notification, id, console), headers: {} }, { allowedHosts });
  }
  const body = renderWebhook(notification, createdAt, console);
  const headers = signWebhook(target.secret ?? "", { id, body, at });
  return postJson({ url: target.url, body, headers }, { allowedHosts });
}
