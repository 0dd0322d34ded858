import type { Region } from "@/lib/domain/region";
import type { Project } from "@/lib/simulator/mixpanel/store";
import { idSequence } from "./random";

const products = [
  "Web Shop",
  "iOS App",
  "Android App",
  "Checkout",
  "Loyalty",
  "Marketing Site",
  "Store Kiosk",
  "Support Desk",
  "Partner Portal",
  "Warehouse",
] as const;
const stages = ["Production", "Staging", "Development"] as const;

const timezones: Record<Region, string> = { us: "US/Pacific", eu: "Europe/Berlin", in: "Asia/Kolkata" };

function nameOf(index: number): string {
  const round = Math.floor(index / (products.length * stages.length));
  const name = `${products[index % products.length]} ${stages[Math.floor(index / products.length) % stages.length]}`;
  return round === 0 ? name : `${name} ${round + 1}`;
}

/** A US organization has every third project in the EU; elsewhere all are at home. */
function regionOf(index: number, home: Region): Region {
  return home === "us" && index % 3 === 1 ? "eu" : home;
}

/** The ids depend on the seed only, so that organizations of one simulator share them. */
export function seedProjects(seed: number, count: number, home: Region): Map<number, Project> {
  const nextId = idSequence(`${seed}:projects`, 3_600_000, 900);
  const projects = new Map<number, Project>();
  for (let index = 0; index < count; index += 1) {
    const region = regionOf(index, home);
    const id = nextId();
    projects.set(id, { id, name: nameOf(index), region, timezone: timezones[region], members: new Map() });
  }
  return projects;
}
