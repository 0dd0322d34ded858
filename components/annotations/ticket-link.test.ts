import { expect, it } from "vitest";
import { webAddress } from "./ticket-link";

it.each([
  ["https://tickets.example.com/OPS-7", "https://tickets.example.com/OPS-7"],
  ["OPS-7", null],
  ["javascript:alert(1)", null],
  ["data:text/html,x", null],
  [" java\nscript:alert(1)", null],
])("%j leads to %j", (ticket, address) => expect(webAddress(ticket)).toBe(address));
