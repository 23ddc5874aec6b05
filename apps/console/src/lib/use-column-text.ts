'use client';

import { useText } from '../i18n/text.ts';
import type { en } from '../messages/en.ts';

type Known = keyof typeof en.columns;

/** The head of a column of the server in the language of the page; unknown ones as they come. */
export function useColumnText(): (name: string) => string {
  const t = useText('columns');
  return (name) => {
    const key = name.replaceAll(/\W/g, '') as Known;
    return key.length > 0 && t.has(key) ? t(key) : name;
  };
}
