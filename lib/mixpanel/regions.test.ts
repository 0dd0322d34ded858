import { describe, expect, it } from "vitest";
import { baseUrlsFor, createAddressBook, mixpanelBaseUrls } from "./regions";

describe("regions", () => {
  it("finds each region's host", () => {
    const addressOf = createAddressBook(baseUrlsFor());
    expect(addressOf("us", "/me?a=1").href).toBe("https://mixpanel.com/api/app/me?a=1");
    expect(addressOf("eu", "/projects/5/service-accounts").href).toBe(
      "https://eu.mixpanel.com/api/app/projects/5/service-accounts",
    );
    expect(addressOf("in", "/me").host).toBe("in.mixpanel.com");
  });

  it("lets one explicit base stand for every region, with or without a trailing slash", () => {
    const addressOf = createAddressBook(baseUrlsFor("http://simulator:4010/api/app/"));
    expect(addressOf("us", "/me").href).toBe("http://simulator:4010/api/app/me");
    expect(addressOf("in", "/me").href).toBe("http://simulator:4010/api/app/me");
    expect(createAddressBook(baseUrlsFor("http://127.0.0.1:1"))("eu", "/me").href).toBe("http://127.0.0.1:1/me");
  });

  it.each([
    ["http://mixpanel.com/api/app", "must be https"],
    ["http://eu.mixpanel.com/api/app", "must be https"],
    ["ftp://proxy/api/app", "is not an http address"],
    ["not an address", "is not an http address"],
    ["https://name:secret@proxy/api/app", "without a credential"],
    ["https://proxy/api/app?x=1", "without a credential"],
  ])("refuses %s and says which region", (base, reason) => {
    const build = () => createAddressBook({ ...mixpanelBaseUrls, eu: base });
    expect(build).toThrow(TypeError);
    expect(build).toThrow(`region eu ${reason === "without a credential" ? "must be an address without" : reason}`);
    expect(build).not.toThrow("secret@");
  });
});
