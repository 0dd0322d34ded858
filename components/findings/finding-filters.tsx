import { X } from "lucide-react";
import { ruleWords, severityLooks } from "@/components/policy/rule-words";
import { FilterMenu } from "@/components/service-accounts/filter-menu";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import type { FindingPage } from "@/lib/domain/finding-view";
import { ruleIds, severities } from "@/lib/domain/policy";
import type { FindingQueryState } from "./use-finding-query";

type FindingFiltersProps = { state: FindingQueryState; page: FindingPage | undefined };

const groups = [
  { value: "severity", label: "By severity" },
  { value: "owner", label: "By owner" },
] as const;
const count = (value: number | undefined) => (value === undefined ? "" : ` (${value.toLocaleString("en")})`);

/** Open or accepted, which of them, and in what order they stand. */
export function FindingFilters({ state: { query, setState, clear, filtered }, page }: FindingFiltersProps) {
  const open = page && page.open.critical + page.open.warning + page.open.notice;
  const owners = page?.owners ?? [];
  const known = owners.flatMap(({ owner }) => (owner === null ? [] : [owner]));
  const named = query.owner && !known.includes(query.owner) ? [query.owner, ...known] : known;
  const rules = ruleIds.filter((rule) => query.rule.includes(rule) || page?.rules.some((each) => each.rule === rule));
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <RadioGroup
          label="Which findings"
          appearance="segments"
          options={[
            { value: "open", label: `Open${count(open)}` },
            { value: "accepted", label: `Accepted${count(page?.accepted)}` },
          ]}
          value={query.state}
          onValueChange={(value) => setState({ state: value, page: null })}
        />
        <RadioGroup
          label="Order"
          appearance="segments"
          options={groups}
          value={query.group}
          onValueChange={(group) => setState({ group, page: null })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput
          className="w-full sm:w-72"
          label="Search findings"
          placeholder="Account, creator or owner"
          shortcut="/"
          value={query.search}
          onValueChange={(search) => setState({ search: search || null, page: null })}
        />
        <FilterMenu
          label="Severity"
          options={severities.map((value) => ({
            value,
            label: `${severityLooks[value].word}${count(page?.open[value])}`,
          }))}
          values={query.severity}
          onChange={(severity) => setState({ severity, page: null })}
        />
        <FilterMenu
          label="Rule"
          options={rules.map((value) => ({ value, label: ruleWords[value].title }))}
          values={query.rule}
          onChange={(rule) => setState({ rule, page: null })}
        />
        <Select
          label="Owner"
          className="w-52"
          options={[
            { value: "any", label: "Any owner" },
            { value: "none", label: `No owner${count(owners.find(({ owner }) => owner === null)?.open)}` },
            ...named.map((owner) => ({ value: `=${owner}`, label: owner })),
          ]}
          value={query.unowned ? "none" : query.owner ? `=${query.owner}` : "any"}
          onValueChange={(value) =>
            setState({
              owner: value.startsWith("=") ? value.slice(1) : null,
              unowned: value === "none" ? "yes" : null,
              page: null,
            })
          }
        />
        {filtered ? (
          <Button variant="ghost" icon={<X aria-hidden />} onClick={clear}>
            Clear filters
          </Button>
        ) : null}
      </div>
    </div>
  );
}
