'use client';

import { useState } from 'react';
import type { TableRow } from '../../lib/columns.ts';
import { api } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import type { ListQuery } from '../../lib/use-rows.ts';
import { useToast } from '../ui/toast.tsx';
import { BULK_MAX } from './bulk.ts';

export interface Selection {
  readonly rows: readonly TableRow[];
  readonly has: (row: TableRow) => boolean;
  readonly toggle: (row: TableRow) => void;
  /** All that the filter shows, up to a limit; or none when some are selected. */
  readonly toggleAll: () => void;
  readonly set: (rows: readonly TableRow[]) => void;
}

/** The rows that are selected for bulk actions; another list, filter or namespace begins with none. */
export function useSelection(query: ListQuery): Selection {
  const { resource, namespace, filter } = query;
  const key = JSON.stringify([resource, namespace, filter]);
  const [held, setHeld] = useState<{ readonly key: string; readonly rows: ReadonlyMap<string, TableRow> }>({
    key,
    rows: new Map(),
  });
  const say = useToast();
  const failureText = useFailureText();
  const selected = held.key === key ? held.rows : new Map<string, TableRow>();
  const set = (rows: readonly TableRow[]): void =>
    setHeld({ key, rows: new Map(rows.slice(0, BULK_MAX).map((row) => [row.uid, row])) });
  return {
    rows: [...selected.values()],
    has: ({ uid }) => selected.has(uid),
    toggle: (row) =>
      set(
        selected.has(row.uid)
          ? [...selected.values()].filter(({ uid }) => uid !== row.uid)
          : [...selected.values(), row],
      ),
    toggleAll: () => {
      if (selected.size > 0) return set([]);
      api.resources.list.query({ ...query, offset: 0, limit: BULK_MAX }).then(
        ({ rows }) => set(rows),
        (error: unknown) => say('failed', failureText(error)),
      );
    },
    set,
  };
}
