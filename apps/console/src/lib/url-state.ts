'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** The query after some of its values have changed; an empty value leaves it. */
export function changedQuery(query: string, values: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(values)) {
    if (value === '') next.delete(key);
    else next.set(key, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}

/** Reads and writes the page's query, so that what is shown can be linked to. */
export function useUrlState(): {
  readonly get: (key: string) => string;
  readonly set: (values: Readonly<Record<string, string>>) => void;
} {
  const params = useSearchParams();
  const get = useCallback((key: string) => params.get(key) ?? '', [params]);
  const set = useCallback((values: Readonly<Record<string, string>>) => {
    const { pathname, search } = window.location;
    const query = changedQuery(search, values);
    // By the browser's own history: the server has nothing to say to it, and the router follows.
    if (query !== search) window.history.replaceState(null, '', `${pathname}${query}`);
  }, []);
  return { get, set };
}

/** The namespace that lists are limited to; '' is all. */
export function useNamespace(): readonly [string, (namespace: string) => void] {
  const { get, set } = useUrlState();
  return [get('ns'), (namespace) => set({ ns: namespace, sel: '' })];
}
