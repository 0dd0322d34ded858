import { lineOf } from "@/lib/domain/line-of";
import type { Notification } from "@/lib/domain/notification";
import { entriesOf, introductionOf, linkOf, reasonOf } from "./message-text";

/**
 * Text as Slack shows it letter by letter: its three markup characters written as entities
 * (https://docs.slack.dev/messaging/formatting-message-text), and an @ that compatible services cannot take for a call.
 */
export function escapeSlack(text: string): string {
  return lineOf(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=[\p{L}\p{N}])/gu, "@\u200b");
}

/** `id` stands in the message, so that one that arrives twice can be told for the same. */
export function renderSlack(notification: Notification, id: string, consoleUrl: string): string {
  const blocks = entriesOf(notification).map(({ title, facts }) =>
    [escapeSlack(title), ...facts.map(([name, value]) => `• ${name}: ${escapeSlack(value)}`)].join("\n"),
  );
  const end = `<${linkOf(notification, consoleUrl)}|Open it in Keywarden>`;
  const text = [
    escapeSlack(introductionOf(notification)),
    ...blocks,
    end,
    escapeSlack(reasonOf(notification)),
    `Message ${id}`,
  ];
  const plain = { mrkdwn: false, parse: "none", link_names: false, unfurl_links: false, unfurl_media: false };
  return JSON.stringify({ text: text.join("\n\n"), ...plain });
}
