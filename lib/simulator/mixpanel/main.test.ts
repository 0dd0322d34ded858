import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readOptions } from "./options";
import { startSimulator } from "./server";
import { clientOf } from "./test-client";

const main = resolve(import.meta.dirname, "main.ts");

function run(args: string[], environment: Record<string, string> = {}) {
  return spawn(process.execPath, ["--import", "tsx", main, ...args], { env: { ...process.env, ...environment } });
}

async function outcome(child: ReturnType<typeof run>): Promise<{ code: unknown; output: string; error: string }> {
  let [output, error] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    error += chunk;
  });
  const [code] = await once(child, "close");
  return { code, output, error };
}

const credential = z.strictObject({ username: z.string(), secret: z.string().regex(/^[A-Za-z0-9]{32}$/) });
const part = { url: z.string(), organizationId: z.int(), owner: credential, admin: credential, project: credential };
const lineSchema = z.strictObject({
  ...part,
  organizations: z.array(z.strictObject({ ...part, region: z.enum(["us", "eu", "in"]), name: z.string() })),
});

describe("the command", () => {
  it("prints what there is as its first line, answers, and ends on SIGTERM", async () => {
    const child = run(["--port", "0", "--accounts", "5", "--projects", "2", "--organizations", "2"]);
    const ended = outcome(child);
    const [text] = await once(createInterface(child.stdout), "line");
    const line = lineSchema.parse(JSON.parse(text));
    expect(line.organizations).toHaveLength(2);
    expect(line.organizations[0]).toMatchObject({ organizationId: line.organizationId, owner: line.owner });
    const client = clientOf({ ...line, stop: async () => {} });
    expect(await client.accounts()).toHaveLength(5);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, error: "" });
  });

  it("says in one line that its port is taken", async () => {
    const first = await startSimulator({ accounts: 0, projects: 0 });
    const { port } = new URL(first.url);
    const result = await outcome(run([], { SIMULATOR_PORT: port }));
    await first.stop();
    expect(result).toMatchObject({ code: 1, output: "" });
    expect(result.error).toMatch(new RegExp(`^[^\\n]*${port}[^\\n]*SIMULATOR_PORT[^\\n]*\\n$`));
  });

  it("says in one line which option is wrong", async () => {
    const result = await outcome(run(["--accounts", "many"]));
    expect(result).toMatchObject({ code: 1, output: "" });
    expect(result.error).toMatch(/^--accounts [^\n]*"many"[^\n]*\n$/);
  });
});

describe("the options", () => {
  it("take the port from the command line, then the variable, then 4010", () => {
    expect(readOptions(["--port", "5000"], "6000").port).toBe(5000);
    expect(readOptions([], "6000").port).toBe(6000);
    expect(readOptions([], undefined).port).toBe(4010);
    expect(readOptions([], "").port).toBe(4010);
  });

  it("have the documented defaults", () => {
    expect(readOptions([], undefined)).toEqual({
      port: 4010,
      host: "127.0.0.1",
      accounts: 120,
      projects: 24,
      latency: 0,
      seed: 1,
      organizations: 1,
      oddities: true,
    });
  });

  it.each([
    [["--port", "70000"], "--port"],
    [["--seed", "1.5"], "--seed"],
    [["--organizations", "0"], "--organizations"],
    [["--latency", ""], "--latency"],
    [["--now", "soon"], "--now"],
    [["--colour", "red"], "--colour"],
    [["extra"], "extra"],
  ])("refuse %j by name", (args, name) => {
    expect(() => readOptions(args, undefined)).toThrow(name);
  });

  it("refuse a bad variable by its name", () => {
    expect(() => readOptions([], "http")).toThrow("SIMULATOR_PORT");
  });
});
