import { parseArgs } from "node:util";
import { parseInstant } from "@/lib/domain/instant";
import { type SimulatorOptions, simulatorDefaults } from "./server";

export const DEFAULT_PORT = 4010;

/** A command line or variable that cannot be used; the message is one line for whoever typed it. */
export class UsageError extends Error {}

const PORTS = [0, 65_535] as const;

const limits = {
  accounts: [0, 100_000],
  projects: [0, 5_000],
  latency: [0, 600_000],
  seed: [0, Number.MAX_SAFE_INTEGER],
  organizations: [1, 20],
} as const;

function integer(name: string, text: string, [min, max]: readonly [number, number]): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new UsageError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

function startOf(text: string | undefined): { now?: Date } {
  if (text === undefined) return {};
  const instant = parseInstant(text);
  if (!instant) throw new UsageError(`--now must be an ISO 8601 date such as 2030-01-31T12:00:00Z, not "${text}".`);
  return { now: new Date(instant) };
}

const text = { type: "string" } as const;

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: text,
        host: text,
        accounts: text,
        projects: text,
        latency: text,
        seed: text,
        organizations: text,
        now: text,
        "no-oddities": { type: "boolean" },
      },
    });
    return values;
  } catch (failure) {
    throw new UsageError(failure instanceof Error ? (failure.message.split("\n")[0] ?? "") : String(failure));
  }
}

/** Reads the command line and the value of SIMULATOR_PORT; throws UsageError. */
export function readOptions(
  args: string[],
  portVariable: string | undefined,
): SimulatorOptions & { port: number; host: string } {
  const values = parse(args);
  const count = (name: keyof typeof limits) =>
    values[name] === undefined ? simulatorDefaults[name] : integer(`--${name}`, values[name], limits[name]);
  return {
    port:
      values.port === undefined
        ? integer("SIMULATOR_PORT", portVariable || String(DEFAULT_PORT), PORTS)
        : integer("--port", values.port, PORTS),
    host: values.host ?? simulatorDefaults.host,
    accounts: count("accounts"),
    projects: count("projects"),
    latency: count("latency"),
    seed: count("seed"),
    organizations: count("organizations"),
    oddities: !values["no-oddities"],
    ...startOf(values.now),
  };
}
