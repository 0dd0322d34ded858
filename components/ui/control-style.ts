/** The frame that every control somebody types into or picks from shares. */
export const controlStyle =
  "rounded-md border border-line-strong bg-surface text-base text-ink transition-colors pointer-coarse:text-lg placeholder:text-ink-muted hover:border-ink-muted data-disabled:cursor-not-allowed data-disabled:border-line data-disabled:bg-sunken data-disabled:text-ink-disabled data-invalid:border-error";

/** What floats above the page: menus, lists, popovers. */
export const popupStyle =
  "rounded-md border border-line bg-raised text-ink shadow-raised outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";

/** One line of a menu or a list of options. */
export const optionStyle =
  "flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-disabled:text-ink-disabled data-highlighted:bg-hover data-highlighted:data-disabled:bg-transparent [&_svg]:size-4 [&_svg]:shrink-0";
