/** Somebody the demo identity provider knows. `claims` replaces or adds whatever a test wants to see in the token. */
export type Person = {
  id: string;
  signInName: string;
  name: string;
  /** What the person is in the demo, for whoever prints the sign-in names. */
  role?: keyof typeof demoGroups;
  groups: readonly string[];
  claims?: Record<string, unknown>;
};

export const demoGroups = {
  viewer: "keywarden-viewers",
  manager: "keywarden-managers",
  administrator: "keywarden-administrators",
} as const;

/** One operator per role, and one person whom no group lets in. */
export const demoPeople: readonly Person[] = [
  {
    id: "demo-vera",
    signInName: "vera.viewer@example.com",
    name: "Vera Lindqvist",
    role: "viewer",
    groups: [demoGroups.viewer],
  },
  {
    id: "demo-max",
    signInName: "max.manager@example.com",
    name: "Max Okafor",
    role: "manager",
    groups: [demoGroups.manager],
  },
  {
    id: "demo-ada",
    signInName: "ada.administrator@example.com",
    name: "Ada Moreau",
    role: "administrator",
    groups: [demoGroups.administrator],
  },
  { id: "demo-nadia", signInName: "nadia.nobody@example.com", name: "Nadia Brandt", groups: [] },
];

/** The people of one running provider; what they belong to can change while it runs. */
export class People {
  private readonly bySignInName: Map<string, Person>;

  constructor(people: readonly Person[]) {
    this.bySignInName = new Map(people.map((person) => [person.signInName, { ...person }]));
  }

  list(): Person[] {
    return [...this.bySignInName.values()];
  }

  find(signInName: string): Person | undefined {
    return this.bySignInName.get(signInName.trim().toLowerCase());
  }

  findById(id: string): Person | undefined {
    return this.list().find((person) => person.id === id);
  }

  /** Somebody new, or somebody known with other groups. */
  add(person: Person): Person {
    this.bySignInName.set(person.signInName, person);
    return person;
  }

  change(signInName: string, change: Pick<Partial<Person>, "groups" | "claims">): Person | undefined {
    const person = this.find(signInName);
    if (!person) return undefined;
    const changed = { ...person, ...change };
    this.bySignInName.set(person.signInName, changed);
    return changed;
  }
}
