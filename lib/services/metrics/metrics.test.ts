import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { openPostOffice, type PostOffice } from "@/lib/services/notifications/testing/open-post-office";
import { metrics } from "./metric-names";
import { renderMetrics } from "./render-metrics";

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(() => office.stop());

const names = Object.keys(metrics);
const docs = (file: string) => readFile(new URL(`../../../docs/monitoring/${file}`, import.meta.url), "utf8");
const linesOf = (text: string, name: string) => text.split("\n").filter((line) => line.startsWith(`${name}{`));

test("everything that is documented is told, with the labels that are documented", async () => {
  await office.channel({ kind: "webhook", name: 'On "call"\\', url: office.receiver.url, hour: 0 });
  await office.accounts([
    { id: 1, expiresAt: office.inDays(20), lastUsedAt: office.inDays(-3) },
    { id: 2, expiresAt: null },
  ]);
  await office.annotate(1, { leadTimeDays: 3 });
  await office.plan();
  await office.send();
  await office.advance(90);
  const { text, contentType } = await renderMetrics(office.app);
  const { key } = office;
  const account = `{organization="${key}",account="1",name="job-1"}`;
  const at = (days: number) => Date.parse(office.inDays(days)) / 1_000;
  for (const line of [
    `keywarden_service_account_expiry_timestamp_seconds${account} ${at(20)}`,
    `keywarden_service_account_start_rotation_timestamp_seconds${account} ${at(10)}`,
    `keywarden_service_account_last_used_timestamp_seconds${account} ${at(-3)}`,
    `keywarden_service_accounts{organization="${key}"} 2`,
    `keywarden_sync_age_seconds{organization="${key}"} 90`,
    `keywarden_notifications{organization="${key}",state="delivered"} 1`,
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(linesOf(text, "keywarden_notification_target_failing")[0]).toContain('name="On \\"call\\"\\\\"} 0');
  expect(linesOf(text, "keywarden_build_info")[0]).toMatch(/version="\d+\.\d+\.\d+",node="v\d+/);
  expect(text).not.toContain("hidden-part-of-the-address");
  expect(contentType).toContain("text/plain; version=0.0.4");
});

test("the alert rules, the dashboard and the list in docs/monitoring name metrics and labels that there are", async () => {
  const [rules, dashboard, readme] = await Promise.all(
    ["alert-rules.yml", "grafana-dashboard.json", "README.md"].map(docs),
  );
  expect(parse(rules ?? "").groups[0].rules.length).toBeGreaterThan(5);
  expect(JSON.parse(dashboard ?? "").panels.length).toBeGreaterThan(5);
  for (const text of [rules, dashboard, readme]) {
    const named = [...new Set((text ?? "").match(/keywarden_[a-z_]+/g))];
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  }
  expect(names.filter((name) => !dashboard?.includes(name))).toEqual([]);
  for (const [name, { labels }] of Object.entries(metrics)) {
    expect(readme).toContain(`| \`${name}\` | ${labels.join(", ")} |`);
    const selected = (`${rules}${dashboard}`.match(new RegExp(`${name}\\{[^}]*\\}`, "g")) ?? []).join();
    const used = [...selected.matchAll(/(\w+)(?:=~|!=|=)/g)].map(([, label]) => label);
    expect(used.filter((label) => !labels.some((known) => known === label))).toEqual([]);
  }
});
