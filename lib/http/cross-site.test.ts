import { describe, expect, test } from "vitest";
import { isCrossSite } from "./cross-site";

const console = "https://keywarden.example.com";
const asks = (method: string, headers: Record<string, string>) =>
  isCrossSite({ method, headers: new Headers(headers) }, console);

describe("A request that changes something", () => {
  test.each([
    ["the browser says same-origin", { "sec-fetch-site": "same-origin" }, false],
    ["the browser says cross-site", { "sec-fetch-site": "cross-site", origin: console }, true],
    ["another port or subdomain", { "sec-fetch-site": "same-site", origin: console }, true],
    ["typed into the address bar", { "sec-fetch-site": "none" }, true],
    ["an invented value", { "sec-fetch-site": "Same-Origin" }, true],
    ["an older browser on our page", { origin: console }, false],
    ["an older browser on another page", { origin: "https://evil.example" }, true],
    ["our host over plain http", { origin: "http://keywarden.example.com" }, true],
    ["a host that begins like ours", { origin: `${console}.evil.example` }, true],
    ["a sandboxed page", { origin: "null" }, true],
    ["an empty origin", { origin: "" }, true],
    ["neither header", {}, true],
    ["only a referrer", { referer: `${console}/settings` }, true],
  ])("%s", (_, headers, crossSite) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) expect(asks(method, headers)).toBe(crossSite);
  });
});

test("Reading is not asked where it comes from", () => {
  expect(asks("GET", { "sec-fetch-site": "cross-site" })).toBe(false);
});
