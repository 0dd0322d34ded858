import type { ServiceAccount } from "@/lib/domain/service-account";

type CreatorProps = { account: Pick<ServiceAccount, "creatorId" | "creatorName" | "creatorEmail"> };

/** Mixpanel tells a creator's name only sometimes; its id always stays behind as the last word. */
export function Creator({ account: { creatorId, creatorName, creatorEmail } }: CreatorProps) {
  const words = creatorName ?? creatorEmail ?? (creatorId === null ? "Unknown" : `Mixpanel user ${creatorId}`);
  return (
    <span className="block max-w-48 truncate" dir="auto" title={creatorEmail ?? undefined}>
      {words}
    </span>
  );
}
