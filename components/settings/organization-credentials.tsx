"use client";

import { useQuery } from "@tanstack/react-query";
import { FailurePanel } from "@/components/errors/failure-panel";
import { AddOrganizationButton } from "@/components/organizations/add-organization-button";
import { EmptyState } from "@/components/ui/empty-state";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { organizationsQuery } from "@/lib/api-client/organizations";
import { OrganizationCredential } from "./organization-credential";

/** What the console signs in to each organization with: where it comes from, how long it lives, and how to change it. */
export function OrganizationCredentials() {
  const organizations = useQuery(organizationsQuery());
  return (
    <SectionCard
      title="Organizations and their credentials"
      description="Secrets added here are kept sealed in the database and are never shown again."
      actions={<AddOrganizationButton />}
      padded={false}
    >
      {organizations.error ? (
        <FailurePanel error={organizations.error} onRetry={() => organizations.refetch()} />
      ) : !organizations.data ? (
        <Skeleton className="m-4 h-24" />
      ) : organizations.data.organizations.length === 0 ? (
        <EmptyState kind="none-yet" title="No organization is connected">
          Add one with the credential of a service account that is its owner or admin.
        </EmptyState>
      ) : (
        <ul>
          {organizations.data.organizations.map((organization) => (
            <li key={organization.key} className="border-line border-b p-4 last:border-b-0">
              <OrganizationCredential organization={organization} />
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  );
}
