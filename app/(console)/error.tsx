"use client";

import { Button } from "@/components/ui/button";
import { ErrorPanel } from "@/components/ui/error-panel";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ConsoleError({ error, reset }: Props) {
  return (
    <ErrorPanel
      title="This page could not be shown."
      changed="Nothing was changed at Mixpanel by opening it."
      advice="Try again. If it stays, give the reference to whoever runs Keywarden."
      reference={error.digest}
      action={<Button onClick={reset}>Try again</Button>}
    />
  );
}
