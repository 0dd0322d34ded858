import { expect, test } from "vitest";
import { readPorts, realCredentials, takenLine } from "./settings.mjs";

test("without variables the ports are 3000, 4010 and 4020", () => {
  expect(readPorts({}).map(({ port }) => port)).toEqual([3000, 4010, 4020]);
});

test("each port follows its variable", () => {
  const ports = readPorts({ PORT: "3001", SIMULATOR_PORT: "4011", IDENTITY_PROVIDER_PORT: "4021" });
  expect(ports.map(({ port }) => port)).toEqual([3001, 4011, 4021]);
});

test.each(["0", "65536", "http", "-1", "3000.5"])("PORT=%s is refused by name", (text) => {
  expect(() => readPorts({ PORT: text })).toThrow(`PORT=${text} is no port. Example: PORT=3000`);
});

test("two parts on one port are refused by name", () => {
  expect(() => readPorts({ PORT: "4010" })).toThrow("PORT and SIMULATOR_PORT are both 4010");
});

test("the line for a taken port names port and variable", () => {
  const line = takenLine({ variable: "SIMULATOR_PORT", name: "simulator", port: 4010 }, 4012);
  expect(line).toBe("Port 4010 is taken. Stop what uses it, or choose another: SIMULATOR_PORT=4012 npm run demo");
});

test("settings for a real organization are recognized", () => {
  const env = { MIXPANEL_REGION: "eu", DATABASE_URL: "postgresql://x", MIXPANEL_BASE_URL: "", HOME: "/root" };
  expect(realCredentials(env)).toEqual(["MIXPANEL_REGION", "DATABASE_URL"]);
});
