"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Posture } from "@/components/posture/posture";
import { useLastPage } from "@/components/service-accounts/use-last-page";
import { SyncNotices } from "@/components/sync/sync-notices";
import { buttonStyle } from "@/components/ui/button-style";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { findingsExportAddress, findingsQuery } from "@/lib/api-client/findings";
import type { FindingRow } from "@/lib/domain/finding-view";
import { pageSizes } from "@/lib/domain/list-query";
import { pages } from "@/lib/paths/paths";
import { FindingDialogs } from "./finding-dialogs";
import { FindingFilters } from "./finding-filters";
import { FindingGroups } from "./finding-groups";
import { NoFindings } from "./no-findings";
import { useFindingQuery } from "./use-finding-query";

/** What departs from the policy, how the organization stands by it, and what resolves each departure. */
export function Findings({ organizationKey }: { organizationKey: string }) {
  const state = useFindingQuery();
  const { query, setState } = state;
  const findings = useQuery(findingsQuery(organizationKey, query));
  const [answered, setAnswered] = useState<FindingRow | null>(null);
  const page = findings.data;
  useLastPage({ size: query.size, setState }, page);
  // While it is not known, its line is kept free.
  const notJudged = page ? "Not judged yet" : "\u00a0";
  return (
    <>
      <PageHeader
        title="Findings"
        description={
          page?.judgedAt ? (
            <RelativeTime prefix="Every service account was judged" at={page.judgedAt} tooltip />
          ) : (
            notJudged
          )
        }
        actions={
          <>
            <a className={buttonStyle({})} href={findingsExportAddress(organizationKey, query)} download>
              <Download aria-hidden />
              Export CSV
            </a>
            <LinkButton href={pages.policy(organizationKey)} icon={<ScrollText aria-hidden />}>
              Policy
            </LinkButton>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-5">
        <SyncNotices organizationKey={organizationKey} />
        <Posture organizationKey={organizationKey} />
        <section data-tour="findings" aria-label="Findings" className="grid grid-cols-1 gap-4">
          <FindingFilters state={state} page={page} />
          {findings.error ? (
            <FailurePanel error={findings.error} onRetry={() => findings.refetch()} />
          ) : !page ? (
            <Skeleton className="h-96" />
          ) : page.rows.length === 0 ? (
            <NoFindings state={state} page={page} />
          ) : (
            <>
              <FindingGroups
                organizationKey={organizationKey}
                rows={page.rows}
                group={query.group}
                onAnswer={setAnswered}
              />
              <Pagination
                label="findings"
                page={query.page}
                pageSize={query.size}
                pageSizes={pageSizes}
                total={page.total}
                waiting={findings.isPlaceholderData}
                onPageChange={(next) => setState({ page: next })}
                onPageSizeChange={(size) =>
                  setState({ size: pageSizes.find((each) => each === size) ?? 50, page: null })
                }
              />
            </>
          )}
        </section>
      </div>
      <FindingDialogs organizationKey={organizationKey} finding={answered} onClose={() => setAnswered(null)} />
    </>
  );
}
