'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { CATALOGUES } from './catalogues.ts';
import type { Locale } from './locale.ts';

/** Gives all texts below it one language. */
export const TextProvider = ({
  locale,
  children,
}: {
  readonly locale: Locale;
  readonly children: ReactNode;
}) => (
  <IntlProvider locale={locale} messages={CATALOGUES[locale]} timeZone="UTC">
    {children}
  </IntlProvider>
);
