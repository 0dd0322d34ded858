import { expect, it } from "vitest";
import { requiredConfirmation } from "./deletion";

const now = new Date("2026-11-23T12:00:00.000Z");
const account = (name: string, lastUsedAt: string | null) => ({ name, lastUsedAt });
const lately = "2026-10-25T12:00:00.000Z";

it("asks for the name of an account in use and for nothing of one at rest", () => {
  expect(requiredConfirmation([account("export", lately)], now)).toBe("export");
  expect(requiredConfirmation([account("export", "2026-10-24T11:59:59.000Z")], now)).toBeNull();
  expect(requiredConfirmation([account("export", null)], now)).toBeNull();
  expect(requiredConfirmation([], now)).toBeNull();
});

it("asks for a phrase before several go, used or not", () => {
  expect(requiredConfirmation([account("a", null), account("b", lately)], now)).toBe("delete 2 service accounts");
});
