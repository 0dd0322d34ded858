import { expect, it } from "vitest";
import { AppError } from "./app-error";

it("tells its reason, or else what its code says", () => {
  expect(new AppError("not_found", { reason: "There is no such rotation." }).reason).toBe("There is no such rotation.");
  const plain = new AppError("not_permitted");
  expect(plain.reason).toBe(plain.message);
  expect(plain.reason).not.toBe("");
});
