'use client';

import { useText } from '../i18n/text.ts';
import type { en } from '../messages/en.ts';

type Known = keyof typeof en.status;

/** A status word of the server in the language of the page, composed ones part by part; unknown ones as they come. */
export function useStatusText(): (word: string) => string {
  const t = useText('status');
  const one = (word: string): string =>
    /^\w+$/.test(word) && t.has(word as Known) ? t(word as Known) : word;
  return (word) => word.split(',').map(one).join(', ');
}
