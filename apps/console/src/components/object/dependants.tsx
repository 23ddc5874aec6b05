'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownRight } from 'lucide-react';
import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { useLive } from '../../lib/live.ts';
import { type ObjectRef, objectHref } from '../../lib/paths.ts';
import { api } from '../../lib/trpc.ts';
import { Age } from '../ui/age.tsx';
import { Part } from '../ui/part.tsx';
import { Status } from '../ui/status.tsx';

const INDENT_PX = 18;

/** Kinds that own others, and what they own: that is watched. */
const OWNED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Deployment: [
    ['apps', 'replicasets'],
    ['', 'pods'],
  ],
  ReplicaSet: [['', 'pods']],
  StatefulSet: [['', 'pods']],
  DaemonSet: [['', 'pods']],
  ReplicationController: [['', 'pods']],
  CronJob: [
    ['batch', 'jobs'],
    ['', 'pods'],
  ],
  Job: [['', 'pods']],
  Service: [['discovery.k8s.io', 'endpointslices']],
};

/** What an object made, with what that made in turn. */
export function Dependants({ objectRef, kind }: { readonly objectRef: ObjectRef; readonly kind: string }) {
  const owned = OWNED[kind];
  return owned === undefined ? null : <Owned objectRef={objectRef} kind={kind} owned={owned} />;
}

function Owned({
  objectRef,
  kind,
  owned,
}: {
  readonly objectRef: ObjectRef;
  readonly kind: string;
  readonly owned: readonly (readonly [string, string])[];
}) {
  const t = useText('objects.parts');
  const { namespace } = objectRef;
  const queryKey = ['dependants', objectRef];
  useLive(
    owned.map(([group, plural]) => ({ resource: { group, version: 'v1', plural }, namespace })),
    queryKey,
  );
  const { data = [] } = useQuery({
    queryKey,
    queryFn: () => api.resources.dependants.query({ ref: objectRef, kind }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (data.length === 0) return null;
  return (
    <Part title={t('dependants')}>
      <ul aria-label={t('dependants')} className="flex flex-col gap-1">
        {data.map((one) => (
          <li
            key={objectHref(one.ref)}
            className="flex flex-wrap items-center gap-x-2"
            style={{ paddingLeft: one.depth * INDENT_PX }}
          >
            {one.depth === 0 ? null : (
              <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-muted" />
            )}
            <span className="text-muted">{one.kind}</span>
            <Link className="link break-all" prefetch={false} href={objectHref(one.ref)}>
              {one.ref.name}
            </Link>
            <span className="ml-auto flex items-center gap-3 text-muted">
              {one.ready === '' ? null : <span className="tabular-nums">{one.ready}</span>}
              {one.status === '' ? null : <Status word={one.status} axis={t('state')} />}
              <Age time={one.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
