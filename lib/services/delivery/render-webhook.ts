import { Webhook } from "standardwebhooks";
import type { Notification } from "@/lib/domain/notification";
import { pages } from "@/lib/paths/paths";

/** The body of a webhook, in the structure that the specification recommends: https://www.standardwebhooks.com. */
export function renderWebhook(notification: Notification, createdAt: string, consoleUrl: string): string {
  const { organization, channelName: channel } = notification;
  const link = (accountId: number) => new URL(pages.serviceAccount(organization.key, accountId), consoleUrl).href;
  const linked = <T extends { accountId: number }>(items: readonly T[]) =>
    items.map((item) => ({ ...item, link: link(item.accountId) }));
  const send = (type: string, data: Record<string, unknown>) =>
    JSON.stringify({ type, timestamp: createdAt, data: { organization, channel, ...data } });
  switch (notification.kind) {
    case "test":
      return send("test", { sentBy: notification.sentBy });
    case "findings":
      return send("service_account.finding", {
        total: notification.total,
        findings: linked(notification.findings),
      });
    case "warnings":
      return send("service_account.warning", { warnings: linked(notification.warnings) });
  }
}

/** The headers that a receiver verifies; the timestamp is of this try, so that an old recording is refused. */
export function signWebhook(secret: string, { id, body, at }: { id: string; body: string; at: Date }) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}
