/** Copies text; answers whether it worked. Plain http has no clipboard, so there a hidden field beside `host` is used. */
export async function copyText(text: string, host: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByField(text, host);
  }
}

function copyByField(text: string, host: HTMLElement): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.setAttribute("aria-hidden", "true");
  field.className = "sr-only";
  // Inside a modal dialog the focus may not leave it.
  host.parentElement?.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  host.focus();
  return copied;
}
