import { ExternalLink } from "lucide-react";

/** A ticket that is an address leads there; any other stays text. */
export function TicketLink({ ticket }: { ticket: string }) {
  const address = webAddress(ticket);
  if (address === null) return <span dir="auto">{ticket}</span>;
  return (
    <a
      className="inline-flex max-w-full items-center gap-1 text-accent underline underline-offset-3"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
    >
      <span className="truncate">{ticket.replace(/^https?:\/\//i, "")}</span>
      <ExternalLink aria-hidden className="size-3.5 shrink-0" />
    </a>
  );
}

/** Only the web's own schemes: whoever annotates must not be able to make others run a script. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
