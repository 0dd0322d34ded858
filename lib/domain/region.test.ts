import { expect, it } from "vitest";
import { apiBaseOf, regionOfDomain } from "./region";

it("reads a project's region from its domain, and takes what it does not know for the US", () => {
  const regions = ["eu.mixpanel.com", "in.mixpanel.com", "mixpanel.com", "europe.example", "", null, undefined];
  expect(regions.map(regionOfDomain)).toEqual(["eu", "in", "us", "us", "us", "us", "us"]);
});

it("calls a project in its own region, and what belongs to no project at home", () => {
  const bases = { home: "https://home", byRegion: { us: "https://us", eu: "https://eu", in: "https://in" } };
  expect(apiBaseOf(bases, "in")).toBe("https://in");
  expect(apiBaseOf(bases, undefined)).toBe("https://home");
});
