import { expect, it } from "vitest";
import { highestMembership, isRemovable } from "./membership";

it("names the strongest role and, between equals, the grant that reaches furthest", () => {
  const at = (role: string, grant: string) => ({ role, grant });
  expect(highestMembership([])).toBeNull();
  expect(highestMembership([at("consumer", "organization"), at("admin", "team")])).toEqual(at("admin", "team"));
  expect(highestMembership([at("admin", "individual"), at("admin", "organization"), at("admin", "team")])).toEqual(
    at("admin", "organization"),
  );
});

it("lets only an individual grant be removed", () => {
  expect(["individual", "team", "organization", "workspace"].filter(isRemovable)).toEqual(["individual"]);
});
