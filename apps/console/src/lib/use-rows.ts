'use client';

import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { TablePage, TableRow } from './columns.ts';
import { useLive } from './live.ts';
import { type ResourceRef, resourceKey } from './paths.ts';
import { api } from './trpc.ts';

export const PAGE_ROWS = 100;

export interface ListQuery {
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly filter: string;
  readonly sort: string;
  readonly descending: boolean;
}

export interface Rows {
  readonly columns: TablePage['columns'];
  readonly matched: number;
  readonly total: number;
  readonly error: unknown;
  readonly isPending: boolean;
  /** Undefined while its page is on the way. */
  readonly at: (index: number) => TableRow | undefined;
  readonly loaded: readonly TableRow[];
}

/** The rows in view: pages are read as they are scrolled to, and anew when the list changes. */
export function useRows(query: ListQuery, pages: readonly number[]): Rows {
  const { resource, namespace, filter, sort, descending } = query;
  const list = ['list', resourceKey(resource), namespace];
  useLive([{ resource, namespace }], list);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...list, filter, sort, descending, page],
      queryFn: () => api.resources.list.query({ ...query, offset: page * PAGE_ROWS, limit: PAGE_ROWS }),
      retry: false,
    })),
  });
  const pagesByNumber = new Map(
    results.flatMap(({ data }) => (data === undefined ? [] : [[data.offset / PAGE_ROWS, data] as const])),
  );
  const any = pagesByNumber.values().next().value;
  const last = useRef<{
    readonly key: string;
    readonly pages: typeof pagesByNumber;
    readonly any: TablePage;
  }>(undefined);
  const key = list.join(' ');
  if (any !== undefined) last.current = { key, pages: pagesByNumber, any };
  // While a new filter or order is on its way, the old rows stay.
  const kept = last.current?.key === key ? last.current : undefined;
  const error = results.find((result) => result.error !== null)?.error ?? null;
  return {
    columns: kept?.any.columns ?? [],
    matched: kept?.any.matched ?? 0,
    total: kept?.any.total ?? 0,
    error: kept === undefined || any === undefined ? error : null,
    isPending: kept === undefined && error === null,
    at: (index) => kept?.pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    loaded: [...(kept?.pages.values() ?? [])].flatMap(({ rows }) => rows),
  };
}
