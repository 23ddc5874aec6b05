'use client';

import { useLocale } from '../i18n/text.ts';
import { pluralKind } from './paths.ts';

/** What a list of a kind is called: names of kinds are not translated, and Chinese has no plural. */
export function useKindTitle(): (kind: string, plural: string) => string {
  const locale = useLocale();
  return (kind, plural) => (locale === 'zh' ? kind : pluralKind(kind, plural));
}
