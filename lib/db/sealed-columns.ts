import type { Database } from "./database";

/** A sealed text and what it is bound to. `replace` writes another text unless the row has changed meanwhile. */
export type SealedText = {
  column: "created_secret" | "refresh_token" | "organization_credential" | "notification_channel";
  organizationKey: string | null;
  rowId: string;
  sealed: string;
  replace: (next: { sealed: string; keyId: string }) => Promise<void>;
};

/** Every sealed text in the database, except the check of the key itself. */
export async function listSealedTexts(database: Database): Promise<SealedText[]> {
  const secrets = await database
    .selectFrom("sealed_secrets")
    .select(["operation_id", "organization_key", "sealed"])
    .execute();
  const sessions = await database
    .selectFrom("sessions")
    .select(["id_hash", "sealed_refresh_token"])
    .where("sealed_refresh_token", "is not", null)
    .execute();
  return [
    ...secrets.map(
      (row): SealedText => ({
        column: "created_secret",
        organizationKey: row.organization_key,
        rowId: row.operation_id,
        sealed: row.sealed,
        replace: ({ sealed, keyId }) => replaceSecret(database, row, { sealed, key_id: keyId }),
      }),
    ),
    ...sessions.flatMap(({ id_hash, sealed_refresh_token: sealed }): SealedText[] =>
      sealed === null
        ? []
        : [
            {
              column: "refresh_token",
              organizationKey: null,
              rowId: id_hash,
              sealed,
              replace: (next) => replaceRefreshToken(database, id_hash, sealed, next.sealed),
            },
          ],
    ),
    ...(await listCredentialTexts(database)),
    ...(await listChannelTexts(database)),
  ];
}

async function listChannelTexts(database: Database): Promise<SealedText[]> {
  const rows = await database
    .selectFrom("notification_channels")
    .select(["id", "organization_key", "sealed"])
    .execute();
  return rows.flatMap(({ id, organization_key: organizationKey, sealed }): SealedText[] => {
    if (sealed === null) return [];
    const replace: SealedText["replace"] = async (next) => {
      const row = database.updateTable("notification_channels").set({ sealed: next.sealed, key_id: next.keyId });
      await row.where("id", "=", id).where("sealed", "=", sealed).execute();
    };
    return [{ column: "notification_channel", organizationKey, rowId: id, sealed, replace }];
  });
}

/** The credentials in use, and the replacements that are about to be. */
async function listCredentialTexts(database: Database): Promise<SealedText[]> {
  const kept = await database
    .selectFrom("organization_credentials")
    .select(["organization_key", "credential_id", "sealed"])
    .execute();
  const replacements = await database
    .selectFrom("credential_rotations")
    .select(["organization_key", "replacement_credential_id as credential_id", "sealed"])
    .where("sealed", "is not", null)
    .execute();
  const text = (row: (typeof replacements)[number], replaceIn: typeof replaceCredential): SealedText[] => {
    const { sealed } = row;
    if (sealed === null) return [];
    const replace: SealedText["replace"] = (next) => replaceIn(database, { ...row, sealed }, next);
    const bound = { organizationKey: row.organization_key, rowId: row.credential_id };
    return [{ column: "organization_credential", ...bound, sealed, replace }];
  };
  return [
    ...kept.flatMap((row) => text(row, replaceCredential)),
    ...replacements.flatMap((row) => text(row, replaceReplacement)),
  ];
}

type CredentialText = { credential_id: string; sealed: string };
type Next = { sealed: string; keyId: string };

async function replaceCredential(database: Database, before: CredentialText, { sealed, keyId }: Next): Promise<void> {
  await database
    .updateTable("organization_credentials")
    .set({ sealed, key_id: keyId })
    .where("credential_id", "=", before.credential_id)
    .where("sealed", "=", before.sealed)
    .execute();
}

async function replaceReplacement(database: Database, before: CredentialText, { sealed, keyId }: Next): Promise<void> {
  await database
    .updateTable("credential_rotations")
    .set({ sealed, key_id: keyId })
    .where("replacement_credential_id", "=", before.credential_id)
    .where("sealed", "=", before.sealed)
    .execute();
}

async function replaceSecret(
  database: Database,
  before: { operation_id: string; sealed: string },
  next: { sealed: string; key_id: string },
): Promise<void> {
  await database
    .updateTable("sealed_secrets")
    .set(next)
    .where("operation_id", "=", before.operation_id)
    .where("sealed", "=", before.sealed)
    .execute();
}

async function replaceRefreshToken(database: Database, idHash: string, before: string, next: string): Promise<void> {
  await database
    .updateTable("sessions")
    .set({ sealed_refresh_token: next })
    .where("id_hash", "=", idHash)
    .where("sealed_refresh_token", "=", before)
    .execute();
}
