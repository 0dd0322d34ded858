import { escapeHtml } from "@/lib/domain/escape-html";
import { lineOf } from "@/lib/domain/line-of";
import type { Notification } from "@/lib/domain/notification";
import { summaryOf } from "@/lib/services/notifications/summary";
import { entriesOf, introductionOf, linkOf, reasonOf } from "./message-text";

const SUBJECT_MAX = 180;
export type MailContent = { subject: string; text: string; html: string };

export function renderMail(notification: Notification, consoleUrl: string): MailContent {
  const link = linkOf(notification, consoleUrl);
  return {
    subject: `Keywarden: ${lineOf(summaryOf(notification))}`.slice(0, SUBJECT_MAX),
    text: textOf(notification, link),
    html: htmlOf(notification, link),
  };
}

function textOf(notification: Notification, link: string): string {
  const blocks = entriesOf(notification).map(({ title, facts }) =>
    [title, ...facts.map(([name, value]) => `  ${name}: ${value}`)].join("\n"),
  );
  return [introductionOf(notification), ...blocks, link, reasonOf(notification)].join("\n\n");
}

function htmlOf(notification: Notification, link: string): string {
  const blocks = entriesOf(notification).map(({ title, facts }) => {
    const rows = facts.map(([name, value]) => `<tr>${headCell(name)}<td>${escapeHtml(value)}</td></tr>`);
    const heading = `<h2 style="font-size:16px">${escapeHtml(title)}</h2>`;
    return `${heading}<table style="border-spacing:0 2px">${rows.join("")}</table>`;
  });
  const body = [
    `<p>${escapeHtml(introductionOf(notification))}</p>`,
    ...blocks,
    `<p><a href="${escapeHtml(link)}">Open it in Keywarden</a></p>`,
    `<p style="color:#666">${escapeHtml(reasonOf(notification))}</p>`,
  ];
  return `<!doctype html><html lang="en"><body style="font:14px sans-serif">${body.join("\n")}</body></html>`;
}

const headCell = (name: string) =>
  `<th scope="row" style="text-align:left;padding-right:16px;font-weight:normal;color:#666">${escapeHtml(name)}</th>`;
