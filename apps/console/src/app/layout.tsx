import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { isTheme, THEME_COOKIE } from '../lib/theme.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Gantry', template: '%s · Gantry' },
  description: 'Applications, resources and nodes of this cluster',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Reading the request keeps the page dynamic: its scripts carry the nonce of this answer.
  await headers();
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <html lang="en" {...(isTheme(chosen) && chosen !== 'system' ? { 'data-theme': chosen } : {})}>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
