import type { z } from "zod";
import type { Region } from "@/lib/domain/region";
import type { Credential } from "./credential";
import type { OutgoingRequest } from "./transport";

export type Call<T> = {
  kind: "read" | "write";
  method: OutgoingRequest["method"];
  path: string;
  /** Where a project lives; without it the organization's own region. */
  region?: Region;
  body?: unknown;
  answer: z.ZodType<T>;
  /** Another credential than the organization's, to try it out. */
  credential?: Credential;
  /** Asked when the call's turn has come; `false`: it waited too long, and nothing is sent. */
  mayLeave?: () => Promise<boolean>;
};
export type Answer<T> = {
  value: T;
  status: number;
  /** Mixpanel's request id where it gave one, else ours; both are in our log. */
  reference: string;
  upstreamDate: Date | null;
};
