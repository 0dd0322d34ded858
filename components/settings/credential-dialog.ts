import type { OrganizationView } from "@/lib/domain/inventory-view";
import type { CredentialView } from "@/lib/domain/organization-credential";

/** What every dialog about an organization's credential is given. */
export type CredentialDialogProps = { organization: OrganizationView; view: CredentialView; onClose: () => void };
