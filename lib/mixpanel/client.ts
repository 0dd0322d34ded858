import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { Agent } from "undici";
import type { Region } from "@/lib/domain/region";
import { createAttempt } from "./attempt";
import { createBreaker } from "./breaker";
import { createBulkhead, MAX_CONCURRENT } from "./bulkhead";
import type { Answer, Call } from "./call";
import type { Credential } from "./credential";
import { lateFailure, withheldFailure } from "./failure";
import { createObserver, type UpstreamHealth } from "./health";
import { createAddressBook } from "./regions";
import { type Sleep, withRetries } from "./retry";
import { createRetryBudget } from "./retry-budget";
import { type Deadlines, defaultDeadlines } from "./transport";
import { UpstreamError } from "./upstream-error";

export type { Answer } from "./call";

export type UpstreamConfiguration = Credential & {
  mixpanelId: number;
  region: Region;
  /** Bases like https://mixpanel.com/api/app; see `baseUrlsFor`. */
  baseUrls: Record<Region, string>;
};

export type UpstreamOptions = {
  now?: () => Date;
  random?: () => number;
  sleep?: Sleep;
  newReference?: () => string;
  logger?: Pick<Logger, "debug" | "warn">;
  deadlines?: Partial<Deadlines>;
};

/** The connection to Mixpanel of one organization: made once, shared by every call, its credential out of sight. */
export type Upstream = {
  readonly mixpanelId: number;
  readonly region: Region;
  /** One call by the rules of reads and writes; throws an UpstreamError. The functions of `operations` use it. */
  call: <T>(call: Call<T>) => Promise<Answer<T>>;
  /** Signs in with another credential from the next request on, also for whoever holds this connection already. */
  useCredential: (credential: Credential) => void;
  /** Mixpanel's clock minus ours; null before the first answer. */
  clockSkewMs: () => number | null;
  health: () => UpstreamHealth;
  close: () => Promise<void>;
};

/** Opens nothing yet; throws a TypeError when a base URL is unusable. */
export function createUpstream(configuration: UpstreamConfiguration, options: UpstreamOptions = {}): Upstream {
  const { now = () => new Date(), random = Math.random, newReference = randomUUID, logger } = options;
  const sleep: Sleep = options.sleep ?? ((milliseconds, signal) => wait(milliseconds, undefined, { signal }));
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const { region, mixpanelId } = configuration;
  let own: Credential = { username: configuration.username, secret: configuration.secret };
  const dispatcher = new Agent({ connections: MAX_CONCURRENT, connect: { timeout: deadlines.connect } });
  const closing = new AbortController();
  const observer = createObserver(now);
  const breaker = createBreaker(now);
  const bulkhead = createBulkhead();
  const budget = createRetryBudget();
  const addressOf = createAddressBook(configuration.baseUrls);
  const attempt = createAttempt({ dispatcher, addressOf, deadlines, observer, now, newReference, logger });

  const once = <T>(call: Call<T>) =>
    bulkhead(call.kind, async () => {
      if (call.mayLeave && !(await call.mayLeave())) return lateFailure(newReference());
      return breaker.run(
        call.kind,
        () => {
          const { credential = own } = call;
          return attempt({ ...call, region: call.region ?? region, credential, own: call.credential === undefined });
        },
        (retryAt) => withheldFailure(retryAt, newReference()),
      );
    });

  return {
    mixpanelId,
    region,
    call: async (call) => {
      if (call.kind === "read") {
        const isOpenForRequests = () => breaker.state() !== "open";
        return withRetries(() => once(call), { budget, random, sleep, signal: closing.signal, isOpenForRequests });
      }
      const outcome = await once(call);
      if (outcome instanceof UpstreamError) throw outcome;
      return outcome;
    },
    useCredential: ({ username, secret }) => {
      own = { username, secret };
    },
    clockSkewMs: observer.clockSkewMs,
    health: () => ({
      breaker: breaker.state(),
      retryAt: breaker.retryAt()?.toISOString() ?? null,
      ...observer.observed(),
    }),
    close: async () => {
      closing.abort();
      if (!dispatcher.closed) await dispatcher.close();
    },
  };
}

/** Lets requests under way end (their deadline is ten seconds), starts none, and closes the connections. */
export async function closeUpstream(upstream: Upstream): Promise<void> {
  await upstream.close();
}
