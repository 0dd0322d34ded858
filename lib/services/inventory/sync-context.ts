import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import type { SyncLease } from "./sync-lease";

/** A sync acts for nobody: a page view and the clock may start it as well as an operator. */
export type SyncContext = AppContext & { organization: ConnectedOrganization };

export type SyncRun = {
  ticket: number;
  /** When the reading began; it becomes the picture's "as of": all that is shown is at least this new. */
  at: string;
  sync: SyncLease;
  acceptDoubt: boolean;
};
