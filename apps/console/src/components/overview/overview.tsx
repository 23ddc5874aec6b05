'use client';

import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { listHref, objectHref } from '../../lib/paths.ts';
import { useOverview } from '../../lib/queries.ts';
import { type Tone, toneOf } from '../../lib/tones.ts';
import type { Outputs } from '../../lib/trpc.ts';
import { useStatusText } from '../../lib/use-status-text.ts';
import { FirstPush } from '../application/first-push.tsx';
import { Age } from '../ui/age.tsx';
import { Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { ToneIcon } from '../ui/status.tsx';
import { RecentApplications } from './application-summary.tsx';
import { ClusterCard } from './cluster-card.tsx';

type Concern = Outputs['overview']['get']['concerns'][number];

const SEVERITY: Readonly<Record<Concern['severity'], Tone>> = {
  broken: 'broken',
  drift: 'drift',
  waiting: 'busy',
};

const core = (name: string): string => listHref({ group: '', version: 'v1', plural: name });

/** The cluster at a glance, what is broken first. */
export function Overview() {
  const t = useText('overview');
  const { data, error } = useOverview();
  return (
    <div className="flex flex-col gap-4 p-4">
      <h1 className="text-lg font-semibold">{t('title')}</h1>
      {error !== null ? <Trouble error={error} what={t('what')} /> : null}
      {data === undefined ? (
        error === null ? (
          <Skeleton lines={8} />
        ) : null
      ) : (
        <>
          <Concerns concerns={data.concerns} total={data.concernsTotal} />
          <ClusterCard />
          <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
            <Tile
              title={t('tiles.applications')}
              href="/applications"
              total={data.applications?.total ?? null}
              counts={data.applications?.health ?? null}
              more={
                data.applications?.sync.OutOfSync === undefined
                  ? ''
                  : t('outOfSync', { count: data.applications.sync.OutOfSync })
              }
            />
            <Tile title={t('tiles.nodes')} href={core('nodes')} total={sum(data.nodes)} counts={data.nodes} />
            <Tile title={t('tiles.pods')} href={core('pods')} total={sum(data.pods)} counts={data.pods} />
            <Tile
              title={t('tiles.namespaces')}
              href={core('namespaces')}
              total={data.namespaces}
              counts={null}
            />
          </div>
          <RecentApplications recent={data.applications?.recent ?? []} />
          {data.applications?.total === 0 ? <FirstPush /> : null}
        </>
      )}
    </div>
  );
}

const sum = (counts: Readonly<Record<string, number>> | null): number | null =>
  counts === null ? null : Object.values(counts).reduce((total, count) => total + count, 0);

function Concerns({ concerns, total }: { readonly concerns: readonly Concern[]; readonly total: number }) {
  const t = useText('overview');
  if (concerns.length === 0) return <Notice tone="ok" role="status" title={t('fine')} />;
  return (
    <section aria-labelledby="concerns" className="card overflow-hidden">
      <h2 id="concerns" className="border-b border-line px-4 py-2 text-md font-semibold">
        {t('concerns', { count: total })}
      </h2>
      <ul className="grid grid-cols-1 divide-y divide-line lg:grid-cols-[max-content_minmax(0,max-content)_minmax(0,1fr)_max-content] lg:gap-x-4">
        {concerns.map((concern) => (
          <ConcernRow
            key={`${concern.kind}/${concern.ref.namespace}/${concern.ref.name}`}
            concern={concern}
          />
        ))}
      </ul>
    </section>
  );
}

function ConcernRow({ concern }: { readonly concern: Concern }) {
  const t = useText('overview');
  return (
    <li className="flex flex-wrap items-start gap-x-3 px-4 py-1.5 hover:bg-sunken lg:col-span-full lg:grid lg:grid-cols-subgrid">
      <span className="flex shrink-0 items-center gap-1.5">
        <ToneIcon tone={SEVERITY[concern.severity]} />
        {t(`severity.${concern.severity}`)}
      </span>
      <span className="min-w-0 max-lg:order-2 max-lg:w-full">
        <Link
          href={objectHref(concern.ref)}
          prefetch={false}
          className="mr-2 font-medium break-all hover:underline"
        >
          {concern.ref.name}
        </Link>
        <span className="text-muted">
          {concern.ref.namespace === ''
            ? concern.kind
            : t('kindIn', { kind: concern.kind, namespace: concern.ref.namespace })}
          {concern.alike === 0 ? '' : `, ${t('alike', { count: concern.alike })}`}
        </span>
      </span>
      <span
        title={concern.reason}
        className="line-clamp-2 min-w-0 break-words max-lg:order-3 max-lg:line-clamp-3 max-lg:w-full"
      >
        {concern.reason}
      </span>
      <span className="text-xs leading-5 text-muted max-lg:order-1 max-lg:ml-auto">
        <Age time={concern.since} />
      </span>
    </li>
  );
}

const FILL: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok',
  drift: 'bg-drift',
  broken: 'bg-broken',
  busy: 'bg-busy',
  idle: 'bg-idle',
};

/** A count, and how it is made up. */
function Tile({
  title,
  href,
  total,
  counts,
  more = '',
}: {
  readonly title: string;
  readonly href: string;
  readonly total: number | null;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly more?: string;
}) {
  const label = useStatusText();
  const parts = Object.entries(counts ?? {}).sort(([, a], [, b]) => b - a);
  return (
    <section aria-label={title} className="card flex flex-col gap-2 p-4">
      <h2 className="text-muted">
        <Link href={href} prefetch={false} className="hover:underline">
          {title}
        </Link>
      </h2>
      <p className="text-2xl font-semibold">{total ?? '–'}</p>
      {total === null ? <Denied href={href} /> : null}
      {parts.length === 0 ? null : (
        <>
          <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-sm">
            {parts.map(([word, count]) => (
              <span key={word} className={FILL[toneOf(word)]} style={{ flexGrow: count }} />
            ))}
          </div>
          <ul className="flex flex-wrap gap-x-3 gap-y-0.5">
            {parts.map(([word, count]) => (
              <li key={word} className="flex items-center gap-1.5">
                <ToneIcon tone={toneOf(word)} />
                {count} {label(word)}
              </li>
            ))}
          </ul>
        </>
      )}
      {more === '' ? null : (
        <p className="flex items-center gap-1.5 text-drift">
          <ToneIcon tone="drift" />
          {more}
        </p>
      )}
    </section>
  );
}

/** Which right would show the count: the last part of the list's address is the resource. */
function Denied({ href }: { readonly href: string }) {
  const t = useText('common.rights');
  return <p className="text-muted">{t('lackList', { target: href.split('/').at(-1) ?? '' })}</p>;
}
