import { describe, expect, test } from "vitest";
import { type Permission, permissions } from "@/lib/domain/operator";
import { methodNotAllowed, notFound } from "@/lib/http/refusals";
import { signInRoute } from "@/lib/http/sign-in-route";
import { type Method, methods, pages, routes } from "./matrix";
import { pageFiles, routeFiles } from "./tree";

const byName = (names: Iterable<string>) => [...names].toSorted();

test("every route in the tree has its line in the matrix, and every line its route", () => {
  expect(byName(routeFiles().keys())).toEqual(byName(Object.keys(routes)));
});

test("every page in the tree has its line, and every line its page", () => {
  expect(byName(pageFiles().keys())).toEqual(byName(Object.keys(pages)));
});

describe.each([...routeFiles()])("%s", (pattern, file) => {
  test("exports the methods of its line and refuses all others; each asks for the role that its line says", async () => {
    const exported: Record<string, unknown> = await import(/* @vite-ignore */ file);
    expect(byName(Object.keys(exported))).toEqual(byName(methods));
    const asked = methods.flatMap((method): [Method, string][] => {
      const handler = exported[method];
      return handler === methodNotAllowed ? [] : [[method, roleOf(handler)]];
    });
    const said = methods.flatMap((method): [Method, string][] => {
      const line = routes[pattern]?.[method];
      return line ? [[method, line.from]] : [];
    });
    expect(asked).toEqual(said);
  });
});

/** What lets everybody in without saying so itself: the unknown address, and next-auth behind its sieve. */
const open = new Set<unknown>([notFound, signInRoute]);

function roleOf(handler: unknown): string {
  if (typeof handler !== "function") return "no handler";
  if (open.has(handler)) return "nobody";
  if (!("permission" in handler)) return "no permission";
  return isPermission(handler.permission) ? permissions[handler.permission] : String(handler.permission);
}

const isPermission = (value: unknown): value is Permission => typeof value === "string" && value in permissions;
