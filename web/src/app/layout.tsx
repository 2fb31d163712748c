import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { QueryProvider } from '@/shared/api/QueryProvider';
import { themeScript } from '@/shared/theme/theme';
import { ClockProvider } from '@/shared/time/clock';
import { mono, sans, serif } from './fonts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'e-Aurum: gold you can check, gram by gram', template: '%s · e-Aurum' },
  description:
    'One EAU is one gram of fine gold in a numbered bar. Buy it at the market price, or have the bar sent to you.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf6' },
    { media: '(prefers-color-scheme: dark)', color: '#12110d' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // reading the request also makes every page be rendered for it: its nonce and its figures are of this moment
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html
      lang="en"
      className={`${sans.variable} ${serif.variable} ${mono.variable}`}
      // the script sets the theme before React looks at the page
      suppressHydrationWarning
    >
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant; it must run before the first paint */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <ClockProvider serverNowMs={Date.now()}>
          <QueryProvider>{children}</QueryProvider>
        </ClockProvider>
      </body>
    </html>
  );
}
