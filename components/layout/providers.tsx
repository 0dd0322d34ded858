"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { NowProvider } from "@/components/ui/now-provider";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { ApiError } from "@/lib/api-client/api-error";

type ProvidersProps = {
  children: ReactNode;
  /** Of the content security policy of this page. */
  nonce: string | undefined;
  /** The server's clock, in milliseconds. */
  now: number;
};

const isRefusal = (error: Error) => error instanceof ApiError && error.status < 500;

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Asking again helps against a lost connection, not against an answer that says no.
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 1 && !isRefusal(error),
        refetchOnWindowFocus: false,
      },
      // A write is sent once; whether it happened is for the server to find out.
      mutations: { retry: false },
    },
  });
}

export function Providers({ children, nonce, now }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      storageKey="keywarden-theme"
      enableColorScheme={false}
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <CSPProvider nonce={nonce}>
        <QueryClientProvider client={queryClient}>
          <NuqsAdapter>
            <NowProvider initial={now}>
              <TooltipProvider>
                <ToastProvider>{children}</ToastProvider>
              </TooltipProvider>
            </NowProvider>
          </NuqsAdapter>
        </QueryClientProvider>
      </CSPProvider>
    </ThemeProvider>
  );
}
