import { expect, test } from "vitest";
import { api } from "@/lib/paths/paths";
import { signInOverHttp } from "../http-operator";
import { create, created, creation, errorOf, standWith } from "./fault-test";

const stand = standWith();
/** The provider confirmed every role so many minutes ago. */
const confirmedAgo = (minutes: number) =>
  stand.proof.database
    .updateTable("sessions")
    .set({ groups_checked_at: new Date(Date.now() - minutes * 60_000).toISOString() })
    .where("ended_at", "is", null)
    .execute();

test.each(["down", "failing"] as const)(
  "F23 the provider is %s: sessions go on to the re-check limit, destructive acts are refused, sign-in says so",
  async (availability) => {
    const { proof, administrator, manager } = stand;
    const { account } = await created(stand, `kept-${availability}`);
    await proof.identityProvider.setAvailability(availability);
    try {
      const list = () => manager.get(api.serviceAccounts(proof.key));
      await confirmedAgo(2);
      expect((await list()).status).toBe(200);
      expect((await create(stand, manager, `made-${availability}`)).status).toBe(201);
      const before = await proof.ledger();
      const deletion = await manager.post(api.deletions(proof.key), { accountIds: [account.id], confirmation: "" });
      expect([deletion.status, errorOf(deletion)]).toMatchObject([503, { code: "identity_provider_unreachable" }]);
      await confirmedAgo(6);
      expect((await list()).status).toBe(200);
      const change = await manager.post(api.serviceAccounts(proof.key), creation("unconfirmed"));
      expect([change.status, errorOf(change)]).toMatchObject([503, { code: "identity_provider_unreachable" }]);
      await confirmedAgo(16);
      for (const operator of [manager, administrator]) {
        const reading = await operator.get(api.serviceAccounts(proof.key));
        expect([reading.status, errorOf(reading)]).toMatchObject([503, { code: "identity_provider_unreachable" }]);
      }
      expect(await proof.ledger()).toEqual(before);
      const { landed } = await signInOverHttp(proof.url, proof.signInNameOf("viewer"));
      expect(landed).toMatch(/\/sign-in\?.*error=/);
      const page = await (await fetch(landed)).text();
      expect(page).toMatch(/identity provider/i);
    } finally {
      await proof.identityProvider.setAvailability("up");
    }
    expect((await manager.get(api.serviceAccounts(proof.key))).status).toBe(200);
    proof.intended += 1;
    expect((await manager.post(api.deletions(proof.key), { accountIds: [account.id], confirmation: "" })).status).toBe(
      200,
    );
  },
);

test("F23 the provider's keys are rotated: sessions are confirmed with the new ones, and new sign-ins work", async () => {
  const { proof, manager } = stand;
  await proof.identityProvider.rotateKeys();
  await confirmedAgo(6);
  expect((await create(stand, manager, "after-the-rotation")).status).toBe(201);
  const viewer = await proof.signIn("viewer");
  expect((await viewer.get(api.operator)).status).toBe(200);
});
