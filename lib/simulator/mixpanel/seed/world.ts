import type { Region } from "@/lib/domain/region";
import { grantIndividually } from "@/lib/simulator/mixpanel/memberships";
import { type Account, type Creator, type Organization, World } from "@/lib/simulator/mixpanel/store";
import { type AccountSource, credentialAccount, purposeAccount } from "./accounts";
import { seedMemberships } from "./memberships";
import { seedProjects } from "./projects";
import { idSequence, randomOf } from "./random";

export type SeedOptions = {
  accounts: number;
  projects: number;
  seed: number;
  organizations: number;
  /** false: every answer keeps to the published contract. */
  oddities: boolean;
};

type Plan = { name: string; region: Region; accounts: number; projects: number };

/** The first organization has the sizes asked for; a small European and an empty Indian one follow in turn. */
function planOf(index: number, options: SeedOptions): Plan {
  const round = Math.ceil(index / 2);
  const suffix = round > 1 ? ` ${round}` : "";
  if (index === 0) return { name: "Larkfield Retail", region: "us", ...options };
  if (index % 2 === 1) return { name: `Larkfield Europe${suffix}`, region: "eu", accounts: 12, projects: 3 };
  return { name: `Larkfield India${suffix}`, region: "in", accounts: 0, projects: 1 };
}

const people = ["Ana Duarte", "Jonas Weber", "Priya Nair", "Mei Tanaka", "Tom Okafor", "Lucía Ferrer", "Sam Whitfield"];

function seedCreators(userId: () => number): [Creator, ...Creator[]] {
  const named = people.map((name) => {
    const address = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(" ", ".");
    return { id: userId(), name, email: `${address}@larkfield.example` };
  });
  return [
    { id: userId(), name: "Ingrid Solheim", email: "ingrid.solheim@larkfield.example" },
    ...named,
    { id: userId(), name: null, email: null },
  ];
}

/** New ids go on where the seed's end; account ids depend on the seed alone, all else on the organization too. */
function issueOf(seed: number, index: number): Organization["issue"] {
  const random = randomOf(`${seed}:${index}:credentials`);
  return {
    accountId: idSequence(`${seed}:accounts`, 610_000, 40),
    userId: idSequence(`${seed}:${index}:users`, 6_200_000 + index * 700_000, 60),
    suffix: () => random.text(6, "0123456789abcdef"),
    secret: () => random.text(32),
  };
}

function seedOrganization(index: number, options: SeedOptions, epoch: number): Organization {
  const { seed, oddities } = options;
  const plan = planOf(index, options);
  const issue = issueOf(seed, index);
  const random = randomOf(`${seed}:${index}:organization`);
  const source: AccountSource = { issue, random, creators: seedCreators(issue.userId), epoch, oddities };
  const projects = seedProjects(seed, plan.projects, plan.region);
  const owner = credentialAccount(source, "keywarden", "owner", plan.accounts > 0);
  const admin = credentialAccount(source, "terraform", "admin", plan.accounts > 1);
  const project = credentialAccount(source, "web-reports", null, plan.accounts > 2);
  const accounts = new Map<number, Account>([owner, admin, project].map((account) => [account.id, account]));
  const [firstProject] = projects.values();
  if (firstProject) grantIndividually(firstProject, project.id, "analyst");
  const all = [...projects.values()];
  const taken = new Set<string>();
  for (let place = accounts.size; place < plan.accounts; place += 1) {
    const account = purposeAccount(source, place, taken);
    accounts.set(account.id, account);
    seedMemberships(account, place, all, { random, oddities });
  }
  const id = 3_100_000 + (randomOf(`${seed}:organizations`).integer(0, 8_000) + index) * 11;
  return {
    id,
    name: plan.name,
    region: plan.region,
    accounts,
    projects,
    credentials: { owner, admin, project },
    issue,
  };
}

/** Builds all organizations from the seed; dates hang on the epoch (milliseconds). Nothing else decides anything. */
export function seedWorld(options: SeedOptions, epoch: number): World {
  const indexes = Array.from({ length: options.organizations }, (_, index) => index);
  return new World(indexes.map((index) => seedOrganization(index, options, epoch)));
}
