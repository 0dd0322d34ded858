import { changeDatabase } from "@/e2e/database-of";
import { expect, test } from "@/e2e/fixtures";
import { GROUPS_RECHECK_MS } from "@/lib/domain/operator-session";
import { api } from "@/lib/paths/paths";
import { rawRequest } from "./raw-request";
import { signInByRequest } from "./sign-in-by-request";

test.use({ stackOptions: { accounts: 6, projects: 2 } });

const roles = [
  { role: "viewer", act: "reading", method: "GET", path: () => api.operator, allowed: 200 },
  { role: "manager", act: "deleting", method: "POST", path: api.deletions, allowed: 400 },
] as const;

for (const { role, act, method, path, allowed } of roles) {
  test(`A ${role} whom the provider takes out of the group is denied ${act} at the next check`, async ({
    stack,
    organization,
  }) => {
    const signInName = stack.signInNameOf(role);
    const cookie = await signInByRequest(stack, signInName);
    const headers = {
      cookie,
      origin: stack.url,
      "content-type": "application/json",
      "idempotency-key": "a".repeat(16),
    };
    const body = method === "POST" ? { body: "{}" } : {};
    const call = () => rawRequest(stack.url, { method, path: path(organization.key), headers, ...body });
    const checkedAgo = (milliseconds: number) => {
      const at = new Date(Date.now() - milliseconds).toISOString();
      changeDatabase(stack, "update sessions set groups_checked_at = ? where ended_at is null", at);
    };
    expect((await call()).status).toBe(allowed);

    await stack.identityProvider.setGroups(signInName, []);
    const since = performance.now();
    checkedAgo(GROUPS_RECHECK_MS);
    const denied = await call();
    const seconds = (performance.now() - since) / 1000;
    expect(denied.status).toBe(401);
    expect(denied.body).toContain("Your groups no longer give you a role here.");
    test.info().annotations.push({ type: "seconds to denial once a check is due", description: seconds.toFixed(3) });

    // Back in the group, the ended session stays ended: only a new sign-in counts.
    await stack.identityProvider.reset();
    expect((await call()).status).toBe(401);
    expect(await stack.simulator.ledger()).toEqual([]);
  });
}
