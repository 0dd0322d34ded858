import { auditVerificationSchema } from "@/lib/domain/audit-event";
import { route } from "@/lib/http/route";
import { verifyAuditRecord } from "@/lib/services/audit/verify";

export const GET = route({
  permission: "audit:read",
  answer: auditVerificationSchema,
  handle: ({ context }) => verifyAuditRecord(context.database),
});

export {
  methodNotAllowed as POST,
  methodNotAllowed as PUT,
  methodNotAllowed as PATCH,
  methodNotAllowed as DELETE,
} from "@/lib/http/refusals";
