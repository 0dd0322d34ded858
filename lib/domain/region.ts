import { z } from "zod";

export const regions = ["us", "eu", "in"] as const;
export const regionSchema = z.enum(regions);
export type Region = z.infer<typeof regionSchema>;

export const regionNames: Record<Region, string> = { us: "United States", eu: "European Union", in: "India" };

/** Where the application API answers: in the organization's own region, and in each. */
export type ApiBases = { home: string; byRegion: Readonly<Record<Region, string>> };

/** The base for a project's calls, which only its own region answers; without a project the organization's. */
export function apiBaseOf({ home, byRegion }: ApiBases, region: Region | undefined): string {
  return region === undefined ? home : byRegion[region];
}

/** The region a project's `domain` of `/me` names; `mixpanel.com` and anything unknown is the US. */
export function regionOfDomain(domain: string | null | undefined): Region {
  if (domain?.startsWith("eu.")) return "eu";
  if (domain?.startsWith("in.")) return "in";
  return "us";
}
