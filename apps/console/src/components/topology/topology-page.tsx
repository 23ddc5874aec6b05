'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useText } from '../../i18n/text.ts';
import { useLive } from '../../lib/live.ts';
import type { ResourceRef } from '../../lib/paths.ts';
import { useNamespaces } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useNamespace } from '../../lib/url-state.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { TopologyTable } from './topology-table.tsx';

const Graph = dynamic(() => import('./topology-graph.tsx').then((module) => module.TopologyGraph), {
  ssr: false,
  loading: () => <Skeleton lines={10} />,
});

const WATCHED: readonly ResourceRef[] = [
  { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses' },
  { group: '', version: 'v1', plural: 'services' },
  { group: 'apps', version: 'v1', plural: 'deployments' },
  { group: 'apps', version: 'v1', plural: 'statefulsets' },
  { group: 'apps', version: 'v1', plural: 'daemonsets' },
  { group: 'batch', version: 'v1', plural: 'jobs' },
  { group: '', version: 'v1', plural: 'pods' },
];
const OFFERED_MAX = 30;

/** What leads to what in a namespace: ingress → service → workload → pods; a picture, and a table beside it. */
export function TopologyPage() {
  const t = useText('topology');
  const pages = useText('shell.pages');
  const [namespace, choose] = useNamespace();
  const namespaces = useNamespaces();
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="text-lg font-semibold">{pages('topology')}</h1>
        <p className="text-muted">{namespace === '' ? '' : t('of', { namespace })}</p>
      </div>
      {namespace === '' ? (
        <Empty title={t('choose')}>
          <p className="mb-3">{t('chooseHelp')}</p>
          <div className="flex flex-wrap justify-center gap-2">
            {namespaces.slice(0, OFFERED_MAX).map((name) => (
              <Button key={name} onClick={() => choose(name)}>
                {name}
              </Button>
            ))}
          </div>
        </Empty>
      ) : (
        <Namespace key={namespace} namespace={namespace} />
      )}
    </div>
  );
}

function Namespace({ namespace }: { readonly namespace: string }) {
  const t = useText('topology');
  const queryKey = ['topology', namespace];
  useLive(
    WATCHED.map((resource) => ({ resource, namespace })),
    queryKey,
  );
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.topology.get.query({ namespace }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (error !== null && data === undefined) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={12} />;
  return (
    <>
      {data.denied.length === 0 ? null : (
        <Notice tone="drift" role="status" title={t('denied', { what: data.denied.join(', ') })} />
      )}
      {data.leftOut > 0 ? <Notice tone="drift" title={t('leftOut', { count: data.leftOut })} /> : null}
      {data.grouped ? <Notice tone="idle" title={t('grouped')} /> : null}
      {data.nodes.length === 0 ? (
        <Empty title={t('empty', { namespace })}>{t('emptyHelp')}</Empty>
      ) : (
        <div className="grid min-h-0 flex-1 gap-3 max-lg:auto-rows-[360px] lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_480px] lg:grid-rows-[minmax(360px,1fr)]">
          <Graph topology={data} namespace={namespace} />
          <TopologyTable topology={data} namespace={namespace} />
        </div>
      )}
    </>
  );
}
