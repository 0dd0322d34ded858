import { Webhook } from "standardwebhooks";
import type { Notification } from "@/lib/domain/notification";
import { pages } from "@/lib/paths/paths";

/** The body of a webhook, in the structure that the specification recommends: https://www.standardwebhooks.com. */
export function renderWebhook(notification: Notification, createdAt: string, consoleUrl: string): string {
  const { organization, channelName: channel } = notification;
  const link = (accountId: number) => new URL(pages.serviceAccount(organization.key, accountId), consoleUrl).href;
  const data =
    notification.kind === "test"
      ? { organization, channel, sentBy: notification.sentBy }
      : {
          organization,
          channel,
          warnings: notification.warnings.map((warning) => ({ ...warning, link: link(warning.accountId) })),
        };
  const type = notification.kind === "test" ? "test" : "service_account.warning";
  return JSON.stringify({ type, timestamp: createdAt, data });
}

/** The headers that a receiver verifies; the timestamp is of this try, so that an old recording is refused. */
export function signWebhook(secret: string, { id, body, at }: { id: string; body: string; at: Date }) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}
