"use client";

import { LogOut, UserRound } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { MenuItem, MenuSeparator } from "@/components/ui/menu-item";
import { useToast } from "@/components/ui/toast";
import { describeFailure } from "@/lib/api-client/api-error";
import { signOut } from "@/lib/api-client/sign-in";
import { useOperator } from "./operator-provider";

/** Who is signed in, in which role, and the way out. */
export function OperatorMenu() {
  const operator = useOperator();
  const toast = useToast();
  async function leave() {
    try {
      location.assign(await signOut());
    } catch (error) {
      const { title, advice } = describeFailure(error);
      toast.show({ tone: "error", title: "You are still signed in.", description: `${title} ${advice}` });
    }
  }
  return (
    <Menu align="end" trigger={<IconButton label={`Signed in as ${operator.name}`} icon={<UserRound aria-hidden />} />}>
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{operator.name}</p>
        {operator.email ? <p className="truncate text-ink-muted text-sm">{operator.email}</p> : null}
        <p className="text-ink-muted text-sm">Role: {operator.role}</p>
      </div>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
