"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { FolderOpen, KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { SearchTrigger } from "@/components/layout/search-trigger";
import { useOperator } from "@/components/operator/operator-provider";
import { Dialog } from "@/components/ui/dialog";
import { projectsQuery } from "@/lib/api-client/projects";
import { serviceAccountsQuery } from "@/lib/api-client/service-accounts";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import { accountQuerySchema, projectQuerySchema } from "@/lib/domain/list-query";
import { pages } from "@/lib/paths/paths";
import { paletteCommands } from "./palette-commands";

type CommandPaletteProps = { organizations: readonly OrganizationView[]; current: string | null };

const HITS_SHOWN = 8;
const itemStyle =
  "flex min-h-9 cursor-default items-center gap-2 rounded-md px-2 py-1 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-muted";
const groupStyle =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-muted [&_[cmdk-group-heading]]:text-xs";

/** ⌘K: accounts and projects of the current organization by search, pages and actions by name. */
export function CommandPalette({ organizations, current }: CommandPaletteProps) {
  const router = useRouter();
  const { role } = useOperator();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  // Its field takes the focus as it appears, so that no key is lost: the dialog never sees who had it before.
  const opener = useRef<HTMLElement | null>(null);
  const search = text.trim();
  const asked = open && current !== null && search.length > 1;
  const accounts = useQuery({
    ...serviceAccountsQuery(current ?? "", accountQuerySchema.parse({ search, sort: "name" })),
    enabled: asked,
    placeholderData: keepPreviousData,
  });
  const projects = useQuery({
    ...projectsQuery(current ?? "", projectQuerySchema.parse({ search, size: HITS_SHOWN })),
    enabled: asked,
    placeholderData: keepPreviousData,
  });
  const words = search.toLowerCase();
  const commands = paletteCommands(organizations, current, role).filter(({ label }) =>
    label.toLowerCase().includes(words),
  );

  function begin() {
    if (open) return;
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(true);
  }

  function go(href: string) {
    setOpen(false);
    setText("");
    router.push(href);
  }

  return (
    <>
      <SearchTrigger onOpen={begin} />
      <Dialog open={open} onOpenChange={setOpen} finalFocus={opener} title="Search or jump to">
        <Command shouldFilter={false} label="Search or jump to">
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder="Account, project, page or action"
            className="h-9 w-full rounded-md border border-line-strong bg-surface px-2.5"
          />
          <Command.List className="mt-2 max-h-[50dvh] overflow-y-auto">
            <Command.Empty className="px-2 py-6 text-center text-ink-muted">Nothing matches "{search}".</Command.Empty>
            {asked && current !== null ? (
              <>
                <Hits
                  title="Service accounts"
                  hits={(accounts.data?.rows ?? []).slice(0, HITS_SHOWN).map(({ id, name, suffix }) => ({
                    href: pages.serviceAccount(current, id),
                    label: name,
                    detail: suffix,
                    icon: <KeyRound aria-hidden />,
                  }))}
                  onSelect={go}
                />
                <Hits
                  title="Projects"
                  hits={(projects.data?.rows ?? []).map(({ id, name }) => ({
                    href: pages.project(current, id),
                    label: name,
                    detail: String(id),
                    icon: <FolderOpen aria-hidden />,
                  }))}
                  onSelect={go}
                />
              </>
            ) : null}
            <Hits title="Pages and actions" hits={commands} onSelect={go} />
          </Command.List>
        </Command>
      </Dialog>
    </>
  );
}

type Hit = { href: string; label: string; detail?: string; icon: React.ReactNode };

function Hits({ title, hits, onSelect }: { title: string; hits: readonly Hit[]; onSelect: (href: string) => void }) {
  if (hits.length === 0) return null;
  return (
    <Command.Group heading={title} className={groupStyle}>
      {hits.map(({ href, label, detail, icon }) => (
        <Command.Item key={href} value={href} onSelect={() => onSelect(href)} className={itemStyle}>
          {icon}
          <span className="truncate">{label}</span>
          {detail ? <span className="truncate font-mono text-ink-muted text-xs">{detail}</span> : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
