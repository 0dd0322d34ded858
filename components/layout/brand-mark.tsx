/** The key with a warden's shield for its bow; the same drawing as public/icon.svg. */
export function BrandMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent-fill" />
      <path fillRule="evenodd" className="fill-on-accent" d={KEY} />
    </svg>
  );
}

const KEY =
  "M16 4.5 23 7v5.2c0 3.6-2.2 6-5.5 7.4V21h3.4v2.4h-3.4v1.5h2.3v2.4h-3.8a1.5 1.5 0 0 1-1.5-1.5v-6.2C11.2 18.2 9 15.8 9 12.2V7zm0 5a2.4 2.4 0 0 0-1.1 4.5l-.5 2.5h3.2l-.5-2.5A2.4 2.4 0 0 0 16 9.5z";
