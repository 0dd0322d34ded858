import fc from "fast-check";
import { simpleParser } from "mailparser";
import { createTransport } from "nodemailer";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Notification, notificationSchema } from "@/lib/domain/notification";
import { renderMail } from "./render-mail";
import { renderSlack } from "./render-slack";

const consoleUrl = "https://keywarden.example.com";
/** Text that means something somewhere: markup, mentions, header lines, formulas, changes of direction. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...["<!channel>", "<@U123>", "@here", "<https://evil.example|click>", "<script>alert(1)</script>", "&lt;"],
        ...["\r\nBcc: victim@example.com", "\n\n", "\u202e", "=cmd()", "*bold*", '" onload="x', "\0", "\u2028", "</a>"],
      ),
      fc.string({ maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

function notificationWith(text: string): Notification {
  return notificationSchema.parse({
    kind: "warnings",
    organization: { key: "acme", name: text },
    because: "channel",
    channelName: text,
    warnings: [
      {
        ...{ accountId: 7, name: text, username: text, severity: "critical", deadline: "expiry", days: 7 },
        ...{ expiresAt: "2027-02-21T23:59:00.000Z", startRotationBy: "2027-01-31T23:59:00.000Z", createdAt: null },
        ...{ lastUsedAt: null, role: text, projects: [text], projectCount: 1, owner: text, purpose: text },
        ...{ ticket: text, timeZone: "UTC" },
      },
    ],
  });
}

const sentSchema = z.object({ message: z.instanceof(Buffer) });

test("in mail no text makes a header, a link or markup", async () => {
  const transport = createTransport({ streamTransport: true, buffer: true });
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const content = renderMail(notificationWith(text), consoleUrl);
      expect(content.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      const sent = await transport.sendMail({ ...content, from: "k@example.com", to: "a@example.com" });
      const mail = await simpleParser(sentSchema.parse(sent).message);
      expect([...mail.headers.keys()].toSorted()).toEqual(
        ["content-type", "date", "from", "message-id", "mime-version", "subject", "to"].toSorted(),
      );
      const html = mail.html || "";
      expect(
        html.match(/<[^>]*>/g)?.filter((tag) => !/^<\/?(!doctype|html|body|p|h2|table|tr|th|td|a)\b/.test(tag)),
      ).toEqual([]);
      expect(html.match(/<a /g)).toHaveLength(1);
    }),
    { numRuns: 150 },
  );
});

test("in Slack no text makes a mention, a link or another message", () => {
  const slackSchema = z.object({ text: z.string(), mrkdwn: z.literal(false), parse: z.literal("none") });
  fc.assert(
    fc.property(hostile, (text) => {
      const sent = slackSchema.parse(JSON.parse(renderSlack(notificationWith(text), "id-1", consoleUrl)));
      // The only markup in the whole message is its own link.
      expect(sent.text.match(/<[^>]*>?/g)).toEqual([
        "<https://keywarden.example.com/organizations/acme/service-accounts/7|Open it in Keywarden>",
      ]);
      expect(sent.text).not.toMatch(/@(here|channel|everyone|all)\b/);
      expect(sent.text.replace(/&(amp|lt|gt);/g, "")).not.toContain("&");
      expect(sent.text).toContain("Message id-1");
    }),
    { numRuns: 300 },
  );
});
