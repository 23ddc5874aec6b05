'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { cpu, memory } from '../../lib/format.ts';
import { listHref } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { Meter } from '../ui/meter.tsx';
import { Trouble } from '../ui/notice.tsx';
import { ToneIcon } from '../ui/status.tsx';

type Line = NonNullable<Outputs['overview']['capacity']['lines']>[number];

const REFRESH_MS = 30_000;
const RESOURCES = ['cpu', 'memory', 'pods'] as const;
const NODES = listHref({ group: '', version: 'v1', plural: 'nodes' });

const show = (name: string, value: string): string =>
  name === 'cpu' ? cpu(value) : name === 'memory' ? memory(value) : value;

/** Version, nodes, and how much of what they have for pods is asked for. */
export function ClusterCard() {
  const t = useText('overview.cluster');
  const { data, error } = useQuery({
    queryKey: ['capacity'],
    queryFn: () => api.overview.capacity.query(),
    refetchInterval: REFRESH_MS,
  });
  if (error !== null && data === undefined) return <Trouble error={error} what={t('title')} />;
  const nodes = data?.nodes;
  return (
    <section
      aria-labelledby="cluster"
      aria-busy={data === undefined}
      className="card grid gap-x-8 gap-y-3 p-4 sm:grid-cols-2 xl:grid-cols-4"
    >
      <div className="flex min-h-11 flex-col justify-between gap-1">
        <div className="flex items-baseline gap-2">
          <h2 id="cluster" className="text-md font-semibold">
            {t('title')}
          </h2>
          <code className="truncate font-mono text-xs text-muted" title={data?.version}>
            {data?.version}
          </code>
        </div>
        <p className="flex h-5 items-center gap-1.5">
          {nodes === undefined || nodes === null ? null : (
            <>
              <ToneIcon tone={nodes.ready === nodes.total ? 'ok' : 'broken'} />
              <Link href={NODES} prefetch={false} className="hover:underline">
                {t('nodes', { ready: nodes.ready, total: nodes.total })}
              </Link>
            </>
          )}
        </p>
      </div>
      {data?.lines === null ? (
        <p className="self-center text-muted sm:col-span-1 xl:col-span-3">{t('denied')}</p>
      ) : (
        RESOURCES.map((name) => (
          <Resource key={name} name={name} line={data?.lines?.find((line) => line.name === name)} />
        ))
      )}
      {data?.isPartial === true ? <p className="col-span-full text-muted">{t('partial')}</p> : null}
    </section>
  );
}

function Resource({
  name,
  line,
}: {
  readonly name: (typeof RESOURCES)[number];
  readonly line: Line | undefined;
}) {
  const t = useText('overview.cluster');
  return (
    <div className="flex min-h-11 flex-col justify-between gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <h3 className="whitespace-nowrap text-muted">{t(`resources.${name}`)}</h3>
        <p className="truncate">
          {line === undefined
            ? ''
            : t('share', {
                amount: show(name, line.requested),
                whole: show(name, line.allocatable),
              })}
        </p>
      </div>
      <div className="flex h-5 items-center gap-2">
        <Meter percent={line?.requestedPercent ?? 0} className="flex-1" />
        {line === undefined || line.used === '' ? null : (
          <span className="text-xs text-muted">{t('used', { amount: show(name, line.used) })}</span>
        )}
      </div>
    </div>
  );
}
