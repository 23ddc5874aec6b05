export const LOCALE_COOKIE = 'gantry-locale';

/** The languages of the console, by their own names. */
export const LOCALES = { en: 'English', zh: '中文' } as const;
export type Locale = keyof typeof LOCALES;

/** As pages name them: browsers choose the form of characters by it. */
export const HTML_LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-Hans' };

const YEAR_S = 365 * 24 * 3600;
const HEADER_MAX = 512;

export const isLocale = (value: string | undefined): value is Locale =>
  value !== undefined && Object.hasOwn(LOCALES, value);

/** The language that a person chose, else the one that their browser likes best of ours, else English. */
export function localeOf(cookie: string | undefined, acceptLanguage: string | null | undefined): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .slice(0, HEADER_MAX)
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.split(';');
      const quality = Number(/q=([\d.]+)/.exec(weight ?? '')?.[1] ?? 1);
      return { language: tag.trim().toLowerCase().split('-')[0] ?? '', quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .find(({ language }) => isLocale(language));
  return isLocale(wanted?.language) ? wanted.language : 'en';
}

/** Keeps the choice in a cookie, so that the server draws the first frame right. */
export function keepLocale(locale: Locale): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
}
