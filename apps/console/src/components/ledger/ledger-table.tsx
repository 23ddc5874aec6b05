'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useLocale, useText } from '../../i18n/text.ts';
import { clock, milliseconds, shortCommit } from '../../lib/format.ts';
import { APPLICATIONS, objectHref } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';

type Entry = Outputs['ledger']['search']['entries'][number];

const COLUMNS = ['time', 'type', 'application', 'commit', 'object', 'actor', 'message'] as const;
const TONES = {
  PushRejected: 'broken',
  Failure: 'broken',
  Degraded: 'broken',
  Prune: 'drift',
  PruneHeld: 'drift',
  Drift: 'drift',
  Healthy: 'ok',
  Sync: 'ok',
} as const;

const toneOf = (type: string) => (type in TONES ? TONES[type as keyof typeof TONES] : 'idle');

export function LedgerTable({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useText('ledger');
  const [open, setOpen] = useState<Entry>();
  return (
    <>
      <ScrollRegion label={t('table')} className="card overflow-x-auto">
        <table className="stacked w-full text-left">
          <TableHead cells={COLUMNS.map((column) => ({ key: column, label: t(`columns.${column}`) }))} />
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.metadata?.name} entry={entry} onOpen={() => setOpen(entry)} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {open === undefined ? null : <EntryDialog entry={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function Row({ entry, onOpen }: { readonly entry: Entry; readonly onOpen: () => void }) {
  const t = useText('ledger');
  const locale = useLocale();
  const {
    metadata,
    type,
    application = '',
    commit = '',
    object,
    actor = '',
    message = '',
    error = '',
  } = entry;
  const namespace = metadata?.namespace ?? '';
  const words = error || message;
  return (
    <tr className="h-8 border-b border-line last:border-0 hover:bg-sunken">
      <td
        className="px-4 whitespace-nowrap text-muted max-sm:order-2 max-sm:basis-[calc(30%-12px)] max-sm:text-right!"
        title={clock(entry.time, locale)}
      >
        <Age time={entry.time} ago />
      </td>
      <td className="px-4 whitespace-nowrap max-sm:order-1 max-sm:basis-[70%]">
        <Status word={t(`types.${type}`)} tone={toneOf(type)} />
      </td>
      <td className="px-4 whitespace-nowrap max-sm:order-3">
        {application === '' ? null : (
          <Link
            className="hover:underline"
            prefetch={false}
            href={objectHref({ resource: APPLICATIONS, namespace, name: application })}
          >
            {application}
          </Link>
        )}
      </td>
      <td className="px-4 font-mono text-xs whitespace-nowrap max-sm:order-4">{shortCommit(commit)}</td>
      <td className="px-4 whitespace-nowrap max-sm:order-3 max-sm:break-all max-sm:whitespace-normal">
        {object === undefined ? null : `${object.kind}/${object.name}`}
      </td>
      <td className="px-4 whitespace-nowrap max-sm:order-5">{actor}</td>
      <td className="w-full max-w-0 px-4 max-sm:order-6 max-sm:max-w-full">
        <button
          type="button"
          onClick={onOpen}
          className="max-w-full truncate text-left hover:underline"
          title={words}
        >
          {words.split('\n')[0] || t('details')}
        </button>
      </td>
    </tr>
  );
}

/** All that is known of one entry, with what was applied. */
function EntryDialog({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) {
  const t = useText('ledger');
  const locale = useLocale();
  const { namespace = '', name = '' } = entry.metadata ?? {};
  const { data, error } = useQuery({
    queryKey: ['ledger-entry', namespace, name],
    queryFn: () => api.ledger.entry.query({ namespace, name }),
  });
  const facts = [
    ['time', clock(entry.time, locale)],
    ['application', entry.application],
    ['commit', entry.commit],
    ['commitMessage', entry.commitMessage],
    ['ref', entry.ref],
    ['actor', entry.actor],
    ['images', entry.images?.join(', ')],
    ['took', entry.durationMs === undefined ? '' : milliseconds(entry.durationMs)],
    ['message', entry.message],
    ['error', entry.error],
  ] as const;
  return (
    <Dialog open onClose={onClose} wide title={t(`types.${entry.type}`)}>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {facts
          .filter(([, value]) => value !== undefined && value !== '')
          .map(([fact, value]) => (
            <div key={fact} className="contents">
              <dt className="text-muted">{t(`facts.${fact}`)}</dt>
              <dd className="break-words whitespace-pre-wrap">{value}</dd>
            </div>
          ))}
      </dl>
      {error === null ? null : <Trouble error={error} what={t('manifest')} />}
      {data === undefined && error === null ? <Skeleton lines={6} /> : null}
      {data === undefined || data.manifest === '' ? null : (
        <>
          <h3 className="mt-4 mb-1 font-semibold">{t('manifest')}</h3>
          <ScrollRegion label={t('manifest')} className="max-h-96 overflow-auto rounded-md bg-sunken p-3">
            <pre className="font-mono text-xs">{data.manifest}</pre>
          </ScrollRegion>
        </>
      )}
    </Dialog>
  );
}
