import type { OrganizationRegistry } from "@/lib/services/context";

/** For tests that are about no organization. */
export const noOrganizations: OrganizationRegistry = {
  list: () => [],
  find: () => undefined,
  resolve: async () => undefined,
  refresh: async () => undefined,
  connect: () => {
    throw new Error("This test connects to nothing.");
  },
};
