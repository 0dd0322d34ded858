import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./globals.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(foreground: string, background: string, theme: "light" | "dark"): number {
  const [one, other] = [foreground, background].map((name) => {
    const token = tokens.get(name);
    if (!token) throw new Error(`globals.css has no token --${name}`);
    return luminance(token[theme]);
  });
  return (Math.max(one!, other!) + 0.05) / (Math.min(one!, other!) + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const ladder = ["error", "critical", "warning", "notice", "quiet", "never"];
const textPairs = [
  ...["ink", "ink-muted", "accent", ...ladder].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...ladder.flatMap((step) => [step, "ink", "ink-muted", "accent"].map((text) => [text, `${step}-soft`] as const)),
  ["accent", "accent-soft"],
  ["ink", "accent-soft"],
  ["on-accent", "accent-fill"],
  ["on-accent", "accent-fill-hover"],
  ["on-danger", "danger-fill"],
  ["on-danger", "danger-fill-hover"],
] as const;

describe.each(["light", "dark"] as const)("the %s tokens", (theme) => {
  it.each(textPairs)("%s can be read on %s", (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)("the edge of an input and the focus ring can be seen on %s", (ground) => {
    expect(contrast("line-strong", ground, theme)).toBeGreaterThanOrEqual(3);
    expect(contrast("accent", ground, theme)).toBeGreaterThanOrEqual(3);
  });
});

it("declares every colour of the theme as a token for light and dark", () => {
  const used = [...css.matchAll(/--color-[a-z-]+: var\(--([a-z-]+)\)/g)].map(([, name]) => name!);
  expect(used.length).toBeGreaterThan(30);
  expect(used.filter((name) => name !== "overlay" && !tokens.has(name))).toEqual([]);
});
