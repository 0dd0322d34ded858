import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/layout/providers";

export const metadata: Metadata = {
  title: { default: "Keywarden", template: "%s · Keywarden" },
  description: "The console for your organization's Mixpanel service accounts",
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#16181b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // The theme script sets data-theme before React looks at the element.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce} now={Date.now()}>
          <div className="isolate">{children}</div>
        </Providers>
      </body>
    </html>
  );
}
