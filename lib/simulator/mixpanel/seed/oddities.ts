import type { WritableRole } from "@/lib/domain/role";
import { cleanStyle, type WireStyle } from "@/lib/simulator/mixpanel/store";

/** Places in the organization's list, counted from 0. The first three are its credentials and always plain. */
const PLAIN = 3;

const readRoles = ["Data Steward", "Marketing Viewer", "Regional Lead", "member", "billing_admin", "no role"];

/** How the account at this place is written: some have zoneless dates, some nulls, some an offset. */
export function styleAt(place: number): WireStyle {
  if (place < PLAIN) return cleanStyle;
  if (place % 10 === 4) return { dates: "zoneless", absent: "omitted" };
  if (place % 10 === 6) return { dates: "utc", absent: "null" };
  if (place % 10 === 9) return { dates: "offset", absent: "omitted" };
  return cleanStyle;
}

/** The role outside the published four that the account at this place has in one project. */
export function readRoleAt(place: number): string | null {
  return place >= PLAIN && place % 15 === 8 ? (readRoles[Math.floor(place / 15) % readRoles.length] ?? null) : null;
}

/** Organization roles are few: at most two more owners and eight more admins, however large the organization. */
export function organizationRoleAt(place: number): WritableRole | null {
  if (place < 120 && place % 53 === 30) return "owner";
  if (place < 320 && place % 37 === 20) return "admin";
  if (place % 9 === 4) return "analyst";
  if (place % 9 === 7) return "consumer";
  return null;
}
