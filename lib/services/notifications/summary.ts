import type { Notification } from "@/lib/domain/notification";

const NAMED = 3;
const SUMMARY_MAX = 300;

/** One line for lists and subjects. */
export function summaryOf(notification: Notification): string {
  if (notification.kind === "test") return `Test message for ${notification.organization.name}`;
  if (notification.kind === "findings") {
    const { total, findings, organization } = notification;
    const [only] = findings;
    if (only && total === 1) return `${only.name} (${organization.name}): ${only.sentence}`.slice(0, SUMMARY_MAX);
    return `${total} new findings in ${organization.name}`;
  }
  const { warnings, organization } = notification;
  const [first] = warnings;
  if (first && warnings.length === 1) return `${first.name} (${organization.name}): ${actionOf(first)}`;
  const names = warnings.slice(0, NAMED).map(({ name }) => name);
  const more = warnings.length - names.length;
  const list = more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
  return `${warnings.length} service accounts of ${organization.name} to act on: ${list}`;
}

const day = (instant: string) => instant.slice(0, 10);

function actionOf({
  deadline,
  startRotationBy,
  expiresAt,
}: { deadline: string } & Record<"startRotationBy" | "expiresAt", string>) {
  return deadline === "start_rotation" ? `start its rotation by ${day(startRotationBy)}` : `expires ${day(expiresAt)}`;
}
