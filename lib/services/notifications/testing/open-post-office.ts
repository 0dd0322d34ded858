import { saveAnnotation } from "@/lib/db/annotations";
import { type Annotation, emptyAnnotation } from "@/lib/domain/annotation";
import { type ChannelInput, channelInputSchema } from "@/lib/domain/notification-channel";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { addChannel } from "@/lib/services/channels/add-channel";
import type { AppContext } from "@/lib/services/context";
import { seedAccount, seedInventory } from "@/lib/services/inventory/testing/seed-inventory";
import { planWarnings } from "@/lib/services/notifications/plan-warnings";
import { sendNotifications } from "@/lib/services/notifications/send-notifications";
import { administrator, openStage, START } from "@/lib/services/testing/stage";
import { startMailServer, startReceiver } from "./receivers";

const DAY = 86_400_000;
type Input = Parameters<typeof channelInputSchema.parse>[0];

/** A console with a mail server and a receiver beside it, and accounts of the test's choice. */
export async function openPostOffice() {
  const receiver = await startReceiver();
  const mail = await startMailServer();
  const stage = await openStage({
    KEYWARDEN_SMTP_URL: mail.url,
    KEYWARDEN_MAIL_FROM: "Keywarden <keywarden@example.com>",
    KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: receiver.host,
  });
  const key = stage.organization.key;
  const at = (app: AppContext) => ({ ...app, organization: stage.organization });
  return {
    ...stage,
    receiver,
    mail,
    key,
    /** An instant so many days after the start. */
    inDays: (days: number) => new Date(START.getTime() + days * DAY).toISOString(),
    accounts: (accounts: ({ id: number } & Partial<ServiceAccount>)[]) =>
      seedInventory(stage.as(administrator), {
        accounts: accounts.map(({ id, ...fields }) => seedAccount(id, fields)),
        projects: [],
        memberships: [],
      }),
    annotate: (accountId: number, annotation: Partial<Annotation>) =>
      saveAnnotation(
        stage.database,
        { organizationKey: key, accountId },
        { ...emptyAnnotation, ...annotation },
        { by: "Ada", at: START.toISOString() },
      ),
    channel: async (input: Input) => {
      const parsed: ChannelInput = channelInputSchema.parse(input);
      const saved = await addChannel({
        context: stage.as(administrator),
        input: parsed,
        idempotencyKey: stage.newKey(),
      });
      return { id: saved.channel.id, secret: saved.secret ?? "" };
    },
    plan: (app: AppContext = stage.app) => planWarnings(at(app)),
    send: (app: AppContext = stage.app) => sendNotifications(app),
    messages: () =>
      stage.database.selectFrom("notifications").selectAll().orderBy("created_at").orderBy("id").execute(),
    marks: () => stage.database.selectFrom("warning_marks").selectAll().execute(),
    stop: async () => {
      await stage.close();
      await receiver.stop();
      await mail.stop();
    },
  };
}
export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;
