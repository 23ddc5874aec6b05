import { useLocale, useTranslations } from 'use-intl';

/**
 * Texts of one area, in the language of the page: `const t = useText('objects'); t('scale.title', { name })`. Keys and
 * the values they need are checked by the compiler.
 */
export const useText = useTranslations;

/** Translator of one area, for plain functions that are handed one. */
export type Text<Area extends Parameters<typeof useTranslations>[0] & string> = ReturnType<
  typeof useTranslations<Area>
>;

export { useLocale };
