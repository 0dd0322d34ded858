import type { AuditAction } from "@/lib/domain/audit-event";

export const actionWords: Record<AuditAction, string> = {
  "service_account.create": "Create service account",
  "service_account.delete": "Delete service account",
  "membership.assign": "Assign to project",
  "membership.remove": "Remove from project",
  "operation.reconcile": "Check an unknown outcome",
  "secret.view": "Open secret",
  "secret.confirm": "Confirm secret",
  "secret.try": "Try secret",
  "secret.purge": "Purge secret",
  "session.start": "Sign in",
  "session.refuse": "Sign-in refused",
  "session.end": "Sign out",
  "audit.export": "Export audit log",
  "organization.add": "Add organization",
  "organization.replace_credential": "Replace credential",
  "organization.rotate_credential": "Rotate credential",
  "organization.remove": "Remove organization",
};
