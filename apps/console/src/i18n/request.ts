import { cookies, headers } from 'next/headers';
import { createTranslator } from 'use-intl/core';
import { CATALOGUES } from './catalogues.ts';
import { LOCALE_COOKIE, type Locale, localeOf } from './locale.ts';

/** The language of the request that is being answered. */
export const requestLocale = async (): Promise<Locale> =>
  localeOf((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));

/** Texts for what the server draws itself: titles of pages, and pages without a browser's part. */
export async function requestText() {
  const locale = await requestLocale();
  return createTranslator({ locale, messages: CATALOGUES[locale] });
}
