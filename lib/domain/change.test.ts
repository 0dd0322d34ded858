import { expect, it } from "vitest";
import { createInputSchema, needsSomebody } from "./change";

it("creates nothing that never expires unless somebody says why", () => {
  const input = { name: "export", role: "consumer", expiresAt: null, projects: [] };
  expect(createInputSchema.safeParse(input).error?.issues).toMatchObject([
    { path: ["neverReason"], message: "Say why this service account never expires." },
  ]);
  expect(createInputSchema.safeParse({ ...input, neverReason: "   " }).success).toBe(false);
  expect(createInputSchema.safeParse({ ...input, neverReason: "A vendor" }).success).toBe(true);
});

it("names each project once", () => {
  const projects = [1, 1].map((id) => ({ id, role: "analyst" }));
  const input = { name: "export", expiresAt: "2027-01-01T00:00:00.000Z", projects };
  expect(createInputSchema.safeParse(input).success).toBe(false);
});

it("leaves a change to somebody while its outcome is open, or something is to be done about it", () => {
  expect(needsSomebody({ state: "unknown", nextStep: "none" })).toBe(true);
  expect(needsSomebody({ state: "sent", nextStep: "none" })).toBe(true);
  expect(needsSomebody({ state: "reconciled", nextStep: "delete_and_create_again" })).toBe(true);
  expect(needsSomebody({ state: "succeeded", nextStep: "open_secret" })).toBe(true);
  expect(needsSomebody({ state: "failed", nextStep: "retry" })).toBe(false);
});
