import type { DialectName, Transaction } from "@/lib/db/database";
import { createInventory } from "./0001-inventory";
import { createOperations } from "./0002-operations";
import { createAuditRecord } from "./0003-audit-record";
import { createSignIn } from "./0004-sign-in";
import { createOrganizationCredentials } from "./0005-organization-credentials";
import { createCredentialLife } from "./0006-credential-life";
import { addOperationHeartbeat } from "./0007-operation-heartbeat";
import { createNotifications } from "./0008-notifications";
import { addLifeColumns } from "./0009-life-columns";
import { createFindings } from "./0010-findings";
import { createRotations } from "./0011-rotations";
import { createFeeds } from "./0012-feeds";
import { createFindingMarks } from "./0013-finding-marks";

/** One step of the schema. A migration that was released is never changed again; a new one is added below it. */
export type Migration = { name: string; up: (transaction: Transaction, dialect: DialectName) => Promise<void> };

/** Listed by hand: a bundled server has no folder to look through. */
export const migrations: readonly Migration[] = [
  { name: "0001-inventory", up: createInventory },
  { name: "0002-operations", up: createOperations },
  { name: "0003-audit-record", up: createAuditRecord },
  { name: "0004-sign-in", up: createSignIn },
  { name: "0005-organization-credentials", up: createOrganizationCredentials },
  { name: "0006-credential-life", up: createCredentialLife },
  { name: "0007-operation-heartbeat", up: addOperationHeartbeat },
  { name: "0008-notifications", up: createNotifications },
  { name: "0009-life-columns", up: addLifeColumns },
  { name: "0010-findings", up: createFindings },
  { name: "0011-rotations", up: createRotations },
  { name: "0012-feeds", up: createFeeds },
  { name: "0013-finding-marks", up: createFindingMarks },
];
