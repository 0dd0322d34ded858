"use client";

type Props = { error: Error & { digest?: string } };

export default function GlobalError({ error }: Props) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Keywarden could not show this page</h1>
          <p>Nothing was changed at Mixpanel by opening it. Reload the page.</p>
          {error.digest ? <p>Reference: {error.digest}</p> : null}
        </main>
      </body>
    </html>
  );
}
