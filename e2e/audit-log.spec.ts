import { readFileSync } from "node:fs";
import { auditEventSchema } from "@/lib/domain/audit-event";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { rangeOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

test("Viewers filter the record by words, action, outcome and day, and the address holds it", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "viewer");
  const { key } = organization;
  const [project] = await upstreamOf(organization).projects();
  const manager = await apiAs("manager");
  const [account] = await newAccounts(manager, key, ["on-the-record"]);
  await manager.post(
    api.memberships(key),
    change({ accountIds: [account!.id], projects: [{ id: project!.id, role: "analyst" }] }),
  );
  await page.goto(pages.auditLog(key));
  const table = page.getByRole("table", { name: "Audit events" });
  await expect(rowsOf(table).first()).toContainText("on-the-record");
  const choose = async (field: string, option: string) => {
    await page.getByRole("combobox", { name: field }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await page.keyboard.press("/");
  await page.keyboard.type("on-the-record");
  await expect(rangeOf(page)).toHaveText("1–5 of 5");
  await expect(rowsOf(table).first()).toContainText("Max Okafor");
  await expect(rowsOf(table).first()).toContainText("127.0.0.1");
  await choose("Action", "Create service account");
  await expect(rangeOf(page)).toHaveText("1–2 of 2");
  await choose("Outcome", "Intended");
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  await expect(page).toHaveURL(/action=service_account\.create/);
  await page.reload();
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  await page.getByLabel("To", { exact: true }).fill("2020-01-31");
  await expect(page.getByText("No audit events match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(rowsOf(table).first()).toBeVisible();
  await page.getByLabel("From", { exact: true }).fill(new Date().toISOString().slice(0, 10));
  await expect(rowsOf(table).filter({ hasText: "on-the-record" })).toHaveCount(5);

  await page.goto(pages.serviceAccount(key, account!.id));
  await page.getByRole("region", { name: "Audit events", exact: true }).getByRole("link", { name: "Show all" }).click();
  await expect(page).toHaveURL(new RegExp(`account=${account!.id}`));
  await expect(rowsOf(table).filter({ hasText: "on-the-record" })).toHaveCount(5);
});

test("The record is exported as it is filtered, as CSV and NDJSON, and the export is on record", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "viewer");
  const { key } = organization;
  await newAccounts(await apiAs("manager"), key, ["exported-one", "not-this-one"]);
  await page.goto(pages.auditLog(key, "search=exported-one&action=service_account.create"));
  await expect(rangeOf(page)).toHaveText("1–2 of 2");
  const fileOf = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: format, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
    return readFileSync(await download.path(), "utf8").trimEnd();
  };
  const events = (await fileOf("NDJSON")).split("\n").map((line) => JSON.parse(line));
  expect(events.map(({ action, outcome, targetName }) => [action, outcome, targetName])).toEqual([
    ["service_account.create", "intended", "exported-one"],
    ["service_account.create", "succeeded", "exported-one"],
  ]);
  for (const event of events) auditEventSchema.parse({ ...event, detail: JSON.parse(event.detail) });
  const [head, ...lines] = (await fileOf("CSV")).split("\r\n");
  expect(head).toMatch(/^sequence,at,/);
  expect(lines).toHaveLength(2);
  for (const [index, line] of lines.entries()) expect(line).toContain(events[index].hash);

  await page.goto(pages.auditLog(key, "action=audit.export"));
  const exports = rowsOf(page.getByRole("table", { name: "Audit events" }));
  await expect(exports.first()).toContainText("Vera Lindqvist");
  await expect(exports.first()).toContainText("csv");
  await expect(exports.nth(1)).toContainText("ndjson");
});
