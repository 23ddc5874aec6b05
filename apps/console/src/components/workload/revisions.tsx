'use client';

import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { usePermissions } from '../../lib/access.ts';
import { useLive } from '../../lib/live.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { rightOn } from '../../lib/rights.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Age } from '../ui/age.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';

type Revision = Outputs['workloads']['revisions']['revisions'][number];
type WorkloadRef = Parameters<typeof api.workloads.revisions.query>[0];

const Diff = dynamic(() => import('../editor/yaml-diff.tsx').then((module) => module.YamlDiff), {
  ssr: false,
  loading: () => <Skeleton lines={8} />,
});

/** What keeps the pod templates of a workload, and where the pods come from. */
const KEEPERS: Readonly<Record<string, string>> = { deployments: 'replicasets' };

/** Pod templates that a workload had, what changed since, and the way back. */
export function Revisions({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('workloads.revisions');
  const { resource, namespace } = objectRef;
  const ref = objectRef as WorkloadRef;
  const queryKey = ['revisions', objectRef];
  const plural = KEEPERS[resource.plural] ?? 'controllerrevisions';
  useLive(
    [
      { resource: { ...resource, plural }, namespace },
      { resource, namespace, fieldSelector: `metadata.name=${objectRef.name}` },
    ],
    queryKey,
  );
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => api.workloads.revisions.query(ref),
    retry: false,
  });
  const [patch] = usePermissions([rightOn(objectRef, 'patch')]);
  const [chosen, setChosen] = useState<Revision>();
  if (error !== null && data === undefined) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={6} />;
  const current = data.revisions.find(({ isCurrent }) => isCurrent);
  if (current === undefined) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  return (
    <>
      <ol aria-label={t('label')} className="card divide-y divide-line">
        {data.revisions.map((revision) => (
          <li key={revision.name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium">{t('revision', { revision: revision.revision })}</span>
                {revision.isCurrent ? (
                  <span className="rounded-sm bg-accent-soft px-1.5 text-xs">{t('current')}</span>
                ) : null}
                <span className="text-muted">
                  <Age time={revision.createdAt} ago />
                </span>
                {revision.cause === '' ? null : <span className="break-words">{revision.cause}</span>}
              </p>
              <p className="font-mono text-xs break-all text-muted">{revision.images.join(', ')}</p>
            </div>
            {revision.isCurrent ? null : (
              <ActionButton
                icon={Undo2}
                permission={patch}
                blocked={data.paused ? t('paused') : ''}
                aria-label={t('rollBackTo', { revision: revision.revision })}
                onClick={() => setChosen(revision)}
              >
                {t('rollBack')}
              </ActionButton>
            )}
          </li>
        ))}
      </ol>
      {chosen === undefined ? null : (
        <RollBack workload={ref} current={current} to={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}

function RollBack({
  workload,
  current,
  to,
  onClose,
}: {
  readonly workload: WorkloadRef;
  readonly current: Revision;
  readonly to: Revision;
  readonly onClose: () => void;
}) {
  const t = useText('workloads.revisions');
  const common = useText('common');
  const act = useAct();
  const { name } = workload;
  const { revision } = to;
  const rollBack = async (): Promise<void> => {
    const done = t('done', { name, revision });
    if (await act(() => api.workloads.rollBack.mutate({ ref: workload, revision }), done)) onClose();
  };
  return (
    <Dialog open wide onClose={onClose} title={t('title', { name, revision })} description={t('text')}>
      <Diff
        before={current.yaml}
        after={to.yaml}
        beforeLabel={t('now', { revision: current.revision })}
        afterLabel={t('after', { revision })}
      />
      <DialogActions>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="primary" onClick={() => void rollBack()}>
          {t('rollBack')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
