'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Reads and writes the page's query, so that what is shown can be linked to. An empty value leaves the query. */
export function useUrlState(): {
  readonly get: (key: string) => string;
  readonly set: (values: Readonly<Record<string, string>>) => void;
} {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const get = useCallback((key: string) => params.get(key) ?? '', [params]);
  const set = useCallback(
    (values: Readonly<Record<string, string>>) => {
      const next = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(values)) {
        if (value === '') next.delete(key);
        else next.set(key, value);
      }
      const text = next.toString();
      router.replace(`${pathname}${text === '' ? '' : `?${text}`}`, { scroll: false });
    },
    [pathname, router],
  );
  return { get, set };
}

/** The namespace that lists are limited to; '' is all. */
export function useNamespace(): readonly [string, (namespace: string) => void] {
  const { get, set } = useUrlState();
  return [get('ns'), (namespace) => set({ ns: namespace, sel: '' })];
}
