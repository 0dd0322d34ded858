import { NotFoundPanel } from "@/components/errors/not-found-panel";

export default function NotFound() {
  return (
    <main className="py-16">
      <NotFoundPanel />
    </main>
  );
}
