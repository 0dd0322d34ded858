import { expect, it } from "vitest";
import { isActive } from "./is-active";

it.each([
  ["/organizations/1/projects", { href: "/organizations/1/projects" }, true],
  ["/organizations/1/projects/7", { href: "/organizations/1/projects" }, true],
  ["/organizations/1/projects-old", { href: "/organizations/1/projects" }, false],
  ["/organizations/1/projects", { href: "/organizations/1", exact: true }, false],
  ["/organizations/1", { href: "/organizations/1", exact: true }, true],
])("%s with %j: %s", (pathname, item, expected) => {
  expect(isActive(pathname, item)).toBe(expected);
});
