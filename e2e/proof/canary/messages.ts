import { setTimeout as wait } from "node:timers/promises";
import type { NamedSecret } from "@/e2e/proof/secrets/named-secrets";
import { emptyAnnotation } from "@/lib/domain/annotation";
import { feedMadeSchema } from "@/lib/domain/feed";
import { accountPageSchema } from "@/lib/domain/inventory-view";
import { channelSavedSchema, channelTestSchema } from "@/lib/domain/notification-channel";
import { api } from "@/lib/paths/paths";
import { startMailServer, startReceiver } from "@/lib/services/notifications/testing/receivers";
import type { Recording } from "./recorded-walk";

const TO = "canary@example.com";
const WITHIN_SECONDS = 150;

/** A mail server and receivers of messages, with what a console must be told of them. */
export async function startPost() {
  const [mail, slack, webhook] = await Promise.all([startMailServer(), startReceiver(), startReceiver()]);
  return {
    mail,
    slack,
    webhook,
    environment: {
      KEYWARDEN_SMTP_URL: mail.url,
      KEYWARDEN_MAIL_FROM: "Keywarden <keywarden@example.com>",
      KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: `${slack.host},${webhook.host}`,
    },
    /** Every message as it travelled and as it reads once its encoding is undone. */
    texts: () => [
      ...mail.received.map(({ raw, mail: { subject, text, html } }) => [raw, subject, text, html].join("\n")),
      ...[...slack.received, ...webhook.received].map((message) => JSON.stringify(message)),
    ],
    stop: async () => {
      await Promise.all([mail, slack, webhook].map((server) => server.stop()));
    },
  };
}
export type Post = Awaited<ReturnType<typeof startPost>>;

/** Channels of each kind, tried out and waited for until each has warned; a feed, read. Answers the secrets they have. */
export async function sendMessages(
  recording: Recording,
  cookie: string,
  key: string,
  post: Post,
): Promise<NamedSecret[]> {
  const get = (path: string) => recording.call({ cookie, method: "GET", path, expected: 200 });
  const send = (path: string, input: unknown, expected = 200) =>
    recording.call({ cookie, method: "POST", path, input, expected });
  const soon = accountPageSchema.parse(await get(`${api.serviceAccounts(key)}?expiry=critical,warning&sort=expires`));
  const [account] = soon.rows;
  if (!account) throw new Error("The seed has an account that expires within 30 days.");
  const annotation = { ...emptyAnnotation, owner: "Canary", contact: TO };
  await send(api.annotation(key, account.id), { annotation, seen: null });

  const secrets: NamedSecret[] = [
    { name: "address of a Slack channel", value: post.slack.url },
    { name: "address of a webhook", value: post.webhook.url },
  ];
  const common = { hour: 0, delivery: "single" };
  const inputs = [
    { ...common, kind: "mail", name: "Canary mail", mail: { addresses: [TO] } },
    { ...common, kind: "slack", name: "Canary Slack", url: post.slack.url },
    { ...common, kind: "webhook", name: "Canary webhook", url: post.webhook.url },
  ];
  for (const input of inputs) {
    const saved = channelSavedSchema.parse(await send(api.channels(key), input, 201));
    if (saved.secret) secrets.push({ name: "signing secret", value: saved.secret });
    const tried = channelTestSchema.parse(await send(api.channelTest(key, saved.channel.id), {}));
    if (!tried.delivered) throw new Error(`${input.name}: ${tried.message}`);
  }
  await warned(post);
  await get(api.channels(key));
  const { address } = feedMadeSchema.parse(await send(api.feeds, { kind: "calendar", organizationKey: key }, 201));
  const { pathname } = new URL(address);
  await get(pathname);
  return [...secrets, { name: "address of a feed", value: pathname.split("/")[3] ?? address }];
}

/** The first message of each was the test. */
async function warned({ mail, slack, webhook }: Post): Promise<void> {
  for (let left = WITHIN_SECONDS; left > 0; left -= 1) {
    if ([mail, slack, webhook].every(({ received }) => received.length > 1)) return;
    await wait(1_000);
  }
  throw new Error(`Not every channel has warned within ${WITHIN_SECONDS} seconds.`);
}
