import { z } from "zod";

export const regions = ["us", "eu", "in"] as const;
export const regionSchema = z.enum(regions);
export type Region = z.infer<typeof regionSchema>;

export const regionNames: Record<Region, string> = { us: "United States", eu: "European Union", in: "India" };

/** The region a project's `domain` of `/me` names; `mixpanel.com` and anything unknown is the US. */
export function regionOfDomain(domain: string | null | undefined): Region {
  if (domain?.startsWith("eu.")) return "eu";
  if (domain?.startsWith("in.")) return "in";
  return "us";
}
