import Link from "next/link";
import { BrandMark } from "./brand-mark";

export function Brand({ href = "/" }: { href?: string }) {
  return (
    <Link href={href} className="inline-flex h-9 items-center gap-2 rounded-md font-semibold text-lg tracking-tight">
      <BrandMark />
      Keywarden
    </Link>
  );
}
