type Value = string | number | undefined | null | readonly (string | number)[];

/** Writes a list query as the address's parameters: comma lists, nothing for what is empty. */
export function queryString(query: Record<string, Value>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    if (text !== "") parameters.set(name, text);
  }
  return parameters.toString();
}

export function withQuery(address: string, query: Record<string, Value>): string {
  const text = queryString(query);
  return text ? `${address}?${text}` : address;
}
