"use client";

import { CircleHelp, Footprints, Keyboard, RotateCcw } from "lucide-react";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import { MenuItem } from "@/components/ui/menu-item";
import { useHotkey } from "@/components/ui/use-hotkey";
import { useWalkthrough } from "./walkthrough-provider";

const shortcuts: { keys: string[]; does: string }[] = [
  { keys: ["Mod", "K"], does: "Find accounts, projects, pages and actions" },
  { keys: ["/"], does: "Search the list" },
  { keys: ["↑", "↓"], does: "Move between rows of a list" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["?"], does: "Show this help" },
];

export function HelpMenu() {
  const { resumeAt, steps, start } = useWalkthrough();
  const [shown, setShown] = useState(false);
  useHotkey({ key: "?" }, () => setShown(true));
  return (
    <>
      <Menu align="end" trigger={<IconButton label="Help" icon={<CircleHelp aria-hidden />} />}>
        {resumeAt === null ? null : (
          <MenuItem icon={<Footprints aria-hidden />} onSelect={() => start(resumeAt)}>
            Resume the tour ({resumeAt + 1} of {steps})
          </MenuItem>
        )}
        <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => start()}>
          {resumeAt === null ? "Take the tour" : "Take the tour from the start"}
        </MenuItem>
        <MenuItem icon={<Keyboard aria-hidden />} onSelect={() => setShown(true)}>
          Keyboard shortcuts
        </MenuItem>
      </Menu>
      <Dialog open={shown} onOpenChange={setShown} title="Keyboard shortcuts" size="sm">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
          {shortcuts.map(({ keys, does }) => (
            <div key={does} className="contents">
              <dt>
                <Kbd keys={keys} />
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
