/** What came of one try. `scope` says whether the whole target is at fault, or this one message or recipient. */
export type DeliveryResult =
  | { delivered: true }
  | {
      delivered: false;
      /** For people; never an address with its secret, never what the target wrote. */
      reason: string;
      scope: "target" | "message";
    };

export const targetFailed = (reason: string): DeliveryResult => ({ delivered: false, reason, scope: "target" });
