import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { secretLines, terraformImport } from "./secret-lines";

const apiBase = "https://mixpanel.com/api/app";

describe("ready-made lines", () => {
  it("name the project only when there is one", () => {
    const text = (projectId: number | null) =>
      secretLines({ username: "u", secret: "s", projectId, apiBase }).find(({ id }) => id === "env")?.text;
    expect(text(7)).toContain("MIXPANEL_PROJECT_ID=7");
    expect(text(null)).not.toContain("PROJECT");
  });

  it("survive a shell whatever the username holds", () => {
    fc.assert(
      fc.property(
        fc.string().filter((value) => !value.includes("\0")),
        (username) => {
          const line =
            secretLines({ username, secret: "x", projectId: null, apiBase }).find(({ id }) => id === "curl")?.text ??
            "";
          const words = execFileSync("sh", [
            "-c",
            line.replace(/^curl --user /, "printf %s ").replace(/ 'https:.*'$/s, ""),
          ]);
          expect(words.toString()).toBe(Buffer.from(`${username}:x`).toString());
        },
      ),
      { numRuns: 25 },
    );
  });
});

it("writes a valid Terraform label", () => {
  const text = terraformImport(12, 34, "9 lives/ü");
  expect(text).toMatch(/^import \{\n {2}to = mixpanel_service_account\._9_lives__\n {2}id = "12:34"\n\}\n/);
  expect(text).toMatch(/\n# .*: terraform import mixpanel_service_account\._9_lives__ 12:34$/);
});
