'use client';

import { Columns3, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { shownColumns, type TableRow } from '../../lib/columns.ts';
import { useKeys } from '../../lib/keys.ts';
import { objectHref, qualified, type ResourceRef } from '../../lib/paths.ts';
import { type ServedKind, useKinds } from '../../lib/queries.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { useKindTitle } from '../../lib/use-kind-title.ts';
import { PAGE_ROWS, useRows } from '../../lib/use-rows.ts';
import { ObjectDrawer } from '../object/object-drawer.tsx';
import { PastList } from '../time/past-list.tsx';
import { TimePicker } from '../time/time-picker.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBox } from './filter-box.tsx';
import { ResourceTable } from './resource-table.tsx';
import { useSelection } from './use-selection.ts';

/** A live list of one kind, with a drawer for details. Filter, order and what is open live in the URL. */
export function ResourceList({ resource }: { readonly resource: ResourceRef }) {
  const t = useText('lists');
  const kinds = useKinds();
  const kind = kinds.find(resource);
  // Without discovery nothing is known of kinds, and nothing is said of them.
  if (kind === undefined && kinds.kinds.length > 0) {
    return <Empty title={t('unknown', { resource: qualified(resource) })}>{t('unknownHelp')}</Empty>;
  }
  const isKnown = kind !== undefined || kinds.error !== null;
  return <List key={qualified(resource)} resource={resource} kind={kind} isKnown={isKnown} />;
}

function List({
  resource,
  kind,
  isKnown,
}: {
  readonly resource: ResourceRef;
  readonly kind: ServedKind | undefined;
  /** All is known of the kind that will be: its columns do not change any more. */
  readonly isKnown: boolean;
}) {
  const t = useText('lists');
  const common = useText('common');
  const kindTitle = useKindTitle();
  const url = useUrlState();
  const router = useRouter();
  const namespaced = kind?.namespaced ?? true;
  const namespace = namespaced ? url.get('ns') : '';
  const [sort, descending] = [url.get('sort') || defaultSort(resource), url.get('desc') === '1'];
  const filter = url.get('q');
  const wide = url.get('wide') === '1';
  const time = url.get('time');
  const [pages, setPages] = useState<readonly number[]>([0]);
  const [cursor, setCursor] = useState(-1);
  const filterBox = useRef<HTMLInputElement>(null);
  const query = { resource, namespace, filter, sort, descending };
  const rows = useRows(query, pages);
  const selected = useSelection(query);
  const selection = kind?.verbs.includes('delete') === true ? selected : undefined;
  const columns = useMemo(
    () => shownColumns(rows.columns, { withNamespace: namespaced && namespace === '', wide }),
    [rows.columns, namespaced, namespace, wide],
  );
  const [mayCreate] = usePermissions([
    { verb: 'create', group: resource.group, resource: resource.plural, namespace },
  ]);
  const onRange = useCallback((first: number, last: number) => {
    const from = Math.floor(first / PAGE_ROWS);
    const to = Math.floor(last / PAGE_ROWS);
    setPages((old) => (old[0] === from && old.at(-1) === to ? old : range(from, to)));
  }, []);
  const open = (row: TableRow, index: number): void => {
    setCursor(index);
    url.set({ sel: `${row.namespace}/${row.name}` });
  };
  const at = rows.at(cursor);
  const go = (tab: string): void => {
    if (at !== undefined) router.push(objectHref({ resource, namespace: at.namespace, name: at.name }, tab));
  };
  const isPod = resource.group === '' && resource.plural === 'pods';
  const step = (by: number): void => setCursor((old) => Math.min(rows.matched - 1, Math.max(0, old + by)));
  useKeys({
    '/': () => filterBox.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    enter: () => (at === undefined ? undefined : open(at, cursor)),
    y: () => go('yaml'),
    e: () => go('yaml&edit=1'),
    ...(isPod ? { l: () => go('logs'), s: () => go('shell') } : {}),
    ...(selection === undefined || at === undefined ? {} : { x: () => selection.toggle(at) }),
    escape: () => url.set({ sel: '' }),
  });
  const onSort = (column: string): void =>
    url.set(
      sort !== column ? { sort: column, desc: '' } : descending ? { sort: '', desc: '' } : { desc: '1' },
    );
  const title = kindTitle(kind?.kind ?? resource.plural, resource.plural);
  const [selectedNamespace, selectedName] = splitSelection(url.get('sel'));
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-2 px-4 py-3">
          <h1 className="mr-1 text-lg font-semibold">{title}</h1>
          <p role="status" className="text-muted">
            {rows.isPending || !isKnown || rows.error !== null
              ? ''
              : filter === ''
                ? rows.total
                : common('ofTotal', { count: rows.matched, total: rows.total })}
          </p>
          <div className="flex-1" />
          <TimePicker time={time} onChange={(moment) => url.set({ time: moment, sel: '' })} />
          <FilterBox inputRef={filterBox} value={filter} onChange={(q) => url.set({ q })} />
          <Button
            icon={Columns3}
            aria-pressed={wide}
            aria-label={t('allColumns')}
            className="max-sm:hidden"
            title={t('allColumns')}
            onClick={() => url.set({ wide: wide ? '' : '1' })}
          />
          <ActionButton
            icon={Plus}
            permission={mayCreate}
            onClick={() =>
              router.push(
                `/create?kind=${encodeURIComponent(kind?.kind ?? '')}&ns=${encodeURIComponent(namespace)}`,
              )
            }
          >
            <span className="max-sm:sr-only">{common('create')}</span>
          </ActionButton>
        </div>
        {time !== '' ? (
          <PastList resource={resource} namespace={namespace} time={time} />
        ) : rows.error !== null ? (
          <div className="px-4">
            <Trouble error={rows.error} what={t('what', { resource: qualified(resource) })} />
          </div>
        ) : rows.isPending || !isKnown ? (
          <div className="px-4">
            <Skeleton lines={12} />
          </div>
        ) : rows.matched === 0 ? (
          <Empty title={filter === '' ? t('empty', { kind: title }) : t('noMatch')}>
            {filter === ''
              ? namespace === ''
                ? t('emptyHelp')
                : common('namespaceOnly', { namespace })
              : t('noMatchHelp')}
          </Empty>
        ) : (
          <div className="flex min-h-0 flex-1 flex-col border-t border-line bg-surface">
            <ResourceTable
              label={title}
              {...{ resource, rows, columns, sort, descending, onSort, cursor, onRange, selection }}
              onOpen={open}
            />
            {kind === undefined || selected.rows.length === 0 ? null : (
              <BulkBar rows={selected.rows} resource={resource} kind={kind} onSelect={selected.set} />
            )}
          </div>
        )}
      </div>
      {selectedName === '' ? null : (
        <ObjectDrawer
          objectRef={{ resource, namespace: selectedNamespace, name: selectedName }}
          onClose={() => url.set({ sel: '' })}
        />
      )}
    </div>
  );
}

/** Events are read from the newest; all else by name. */
const defaultSort = ({ plural }: ResourceRef): string => (plural === 'events' ? 'Last Seen' : '');

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

function splitSelection(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  return slash < 0 ? ['', ''] : [text.slice(0, slash), text.slice(slash + 1)];
}
