"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu } from "@/components/ui/menu";
import { MenuRadioGroup } from "@/components/ui/menu-item";

const themes = [
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
];

// Both icons are there and the style sheet shows one: the server does not know the theme.
const icon = (
  <>
    <Sun aria-hidden className="dark:hidden" />
    <Moon aria-hidden className="hidden dark:block" />
  </>
);

/** `labelled` for places with room for words. */
export function ThemeToggle({ labelled = false }: { labelled?: boolean }) {
  const { theme, setTheme } = useTheme();
  const trigger = labelled ? (
    <Button variant="ghost" size="lg" icon={icon}>
      Colour theme
    </Button>
  ) : (
    <IconButton label="Colour theme" icon={icon} size="lg" />
  );
  return (
    <Menu align={labelled ? "start" : "end"} trigger={trigger}>
      <MenuRadioGroup value={theme} onValueChange={setTheme} options={themes} />
    </Menu>
  );
}
