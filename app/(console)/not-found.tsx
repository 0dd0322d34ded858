import { NotFoundPanel } from "@/components/errors/not-found-panel";

/** Inside the console's frame, which is the page's main part already. */
export default function NotFoundInConsole() {
  return <NotFoundPanel />;
}
