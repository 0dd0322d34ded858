import { z } from "zod";

const wait = z.number().min(0).max(600_000);
const kinds = [
  "status",
  "delay",
  "reset-before",
  "reset-after-commit",
  "truncate",
  "html",
  "invalid-json",
  "slow-body",
  "redirect",
];
const headersSchema = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, "is no header name"),
  z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, "is no header value")),
);

/** The failures on demand; docs/simulator.md says of each whether the work is done. */
export const faultKindSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({
      kind: z.literal("status"),
      status: z.int().min(200).max(599),
      headers: headersSchema.optional(),
      body: z.unknown().optional(),
    }),
    z.object({ kind: z.literal("delay"), ms: wait }),
    z.object({ kind: z.literal("reset-before") }),
    z.object({ kind: z.literal("reset-after-commit") }),
    z.object({ kind: z.literal("truncate"), bytes: z.int().min(0) }),
    z.object({ kind: z.literal("html"), status: z.int().min(200).max(599).default(502) }),
    z.object({ kind: z.literal("invalid-json") }),
    z.object({ kind: z.literal("slow-body"), bytesPerSecond: z.number().positive() }),
    z.object({
      kind: z.literal("redirect"),
      location: z
        .string()
        .regex(/^[\x21-\x7e]+$/, "must be an address")
        .optional(),
    }),
  ],
  { error: `must be an object whose kind is one of ${kinds.join(", ")}` },
);
export type FaultKind = z.infer<typeof faultKindSchema>;

export const faultSchema = z.object({
  method: z
    .string()
    .regex(/^[A-Za-z]+$/, "must be an HTTP method")
    .transform((method) => method.toUpperCase())
    .optional(),
  path: z.string().startsWith("/", "must begin with / (the part after /api/app)").optional(),
  times: z.int().min(1).optional(),
  fault: faultKindSchema,
});
export type Fault = z.infer<typeof faultSchema>;

/** Where a redirect sends a request: the given place, else the same address with its trailing slash. */
export function redirectTarget(fault: { location?: string | undefined }, url: string): string {
  if (fault.location !== undefined) return fault.location;
  const [path = "", ...query] = url.split("?");
  return [path.endsWith("/") ? path : `${path}/`, ...query].join("?");
}

type Address = { url: string; host: string | undefined };

/** A request that already is where the redirect leads passes, else a client that follows would turn in a circle. */
function arrived({ fault }: Fault, { url, host = "localhost" }: Address): boolean {
  if (fault.kind !== "redirect") return false;
  const base = `http://${host}`;
  const target = redirectTarget(fault, url);
  if (!URL.canParse(target, base) || !URL.canParse(url, base)) return false;
  const [there, here] = [new URL(target, base), new URL(url, base)];
  return there.host === here.host && there.pathname === here.pathname;
}

export class Faults {
  private list: Fault[] = [];

  add(fault: Fault): void {
    this.list.push(fault);
  }

  clear(): void {
    this.list = [];
  }

  active(): readonly Fault[] {
    return this.list;
  }

  /** The first fault that matches, counted down; `path` is what follows `/api/app`, `address` the whole as sent. */
  take(method: string, path: string, address: Address): FaultKind | null {
    const matches = (fault: Fault) =>
      (fault.method ?? method) === method && path.startsWith(fault.path ?? "/") && !arrived(fault, address);
    const found = this.list.find(matches);
    if (!found) return null;
    if (found.times !== undefined) {
      found.times -= 1;
      if (found.times === 0) this.list = this.list.filter((fault) => fault !== found);
    }
    return found.fault;
  }
}
