import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { HTML_LANGUAGES } from '../i18n/locale.ts';
import { requestLocale, requestText } from '../i18n/request.ts';
import { TextProvider } from '../i18n/text-provider.tsx';
import { isTheme, THEME_COOKIE } from '../lib/theme.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestText();
  return { title: { default: 'Gantry', template: '%s · Gantry' }, description: t('shell.description') };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Reading the request keeps the page dynamic: its scripts carry the nonce of this answer.
  const locale = await requestLocale();
  const chosen = (await cookies()).get(THEME_COOKIE)?.value;
  return (
    <html
      lang={HTML_LANGUAGES[locale]}
      {...(isTheme(chosen) && chosen !== 'system' ? { 'data-theme': chosen } : {})}
    >
      <body>
        <TextProvider locale={locale}>
          <Providers>{children}</Providers>
        </TextProvider>
      </body>
    </html>
  );
}
