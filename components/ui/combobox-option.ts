export type ComboboxOption = {
  value: string;
  label: string;
  description?: string;
  /** Further words that find it. */
  keywords?: string;
  disabled?: boolean;
};

/** Every word of the query has to occur somewhere in the option, in any order. */
export function matchesQuery(option: ComboboxOption, query: string): boolean {
  const text = [option.label, option.description, option.keywords].join(" ").toLocaleLowerCase("en");
  return query
    .toLocaleLowerCase("en")
    .split(/\s+/)
    .every((word) => text.includes(word));
}
