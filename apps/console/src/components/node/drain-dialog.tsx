'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Text, useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { ToneIcon } from '../ui/status.tsx';
import { type DrainLine, type DrainPod, type DrainStep, drain, keyOf } from './drain.ts';

const TONES = { waiting: 'idle', asked: 'busy', blocked: 'drift', gone: 'ok', failed: 'broken' } as const;
const FIRST: DrainLine = { step: 'waiting', message: '' };

/** Cordons a node and evicts its pods, as far as their disruption budgets allow; tells beforehand what that means. */
export function DrainDialog({ node, onClose }: { readonly node: string; readonly onClose: () => void }) {
  const t = useText('nodes.drain');
  const common = useText('common');
  const failureText = useFailureText();
  const { data, error } = useQuery({
    queryKey: ['drain', node],
    queryFn: () => api.nodes.drainPlan.query({ name: node }),
    retry: false,
    gcTime: 0,
    // What was agreed to must not change under the reader.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [accepted, setAccepted] = useState(false);
  const [lines, setLines] = useState<ReadonlyMap<string, DrainLine>>(new Map());
  const [state, setState] = useState<'' | 'runs' | 'ended' | 'stopped'>('');
  const [trouble, setTrouble] = useState('');
  const controller = useRef(new AbortController());
  useEffect(() => () => controller.current.abort(), []);
  const pods = data?.filter(({ what }) => what === 'evict') ?? [];
  const stay = (data?.length ?? 0) - pods.length;
  const risky = pods.filter(({ unmanaged, localData }) => unmanaged || localData);
  const start = async (): Promise<void> => {
    controller.current = new AbortController();
    const { signal } = controller.current;
    setState('runs');
    setTrouble('');
    try {
      await api.actions.cordon.mutate({ name: node, unschedulable: true });
      await drain(pods, {
        evict: (pod) => api.nodes.evict.mutate(pod),
        plan: () => api.nodes.drainPlan.query({ name: node }),
        onLine: (key, line) => setLines((old) => new Map(old).set(key, line)),
        failureText,
        signal,
      });
    } catch (problem) {
      setTrouble(failureText(problem));
    }
    setState(signal.aborted ? 'stopped' : 'ended');
  };
  const steps = pods.map((pod) => (lines.get(keyOf(pod)) ?? FIRST).step);
  const gone = steps.filter((step) => step === 'gone').length;
  const blocked = risky.length > 0 && !accepted ? t('acceptFirst') : '';
  return (
    <Dialog open wide onClose={onClose} title={t('title', { node })} description={t('text')}>
      {error !== null && data === undefined ? <Trouble error={error} what={t('plan')} /> : null}
      {error === null && data === undefined ? <Skeleton lines={6} /> : null}
      {data === undefined ? null : (
        <div className="flex flex-col gap-3">
          <Warnings pods={pods} stay={stay} t={t} />
          {trouble === '' ? null : <Notice tone="broken" role="alert" title={trouble} />}
          {state === '' ? null : (
            <div className="flex items-center gap-3">
              <progress
                aria-label={t('progress')}
                value={gone}
                max={Math.max(1, pods.length)}
                className="h-2 flex-1"
                style={{ accentColor: 'var(--accent)' }}
              />
              <p role="status">
                {state === 'ended' && gone === pods.length
                  ? t('done', { node })
                  : t('gone', { gone, count: pods.length })}
              </p>
            </div>
          )}
          <ScrollRegion
            label={t('pods')}
            className="max-h-[40vh] overflow-auto rounded-md border border-line"
          >
            <ul aria-label={t('pods')} className="divide-y divide-line">
              {pods.map((pod) => (
                <PodLine key={keyOf(pod)} pod={pod} line={lines.get(keyOf(pod)) ?? FIRST} t={t} />
              ))}
            </ul>
          </ScrollRegion>
          {risky.length > 0 && state === '' ? (
            <label className="flex items-start gap-2">
              <input
                type="checkbox"
                className="mt-1"
                checked={accepted}
                onChange={(event) => setAccepted(event.target.checked)}
              />
              <span>{t('accept', { count: risky.length })}</span>
            </label>
          ) : null}
        </div>
      )}
      <DialogActions>
        <Button onClick={onClose}>{state === 'ended' ? common('close') : common('cancel')}</Button>
        {state === 'runs' ? (
          <Button onClick={() => controller.current.abort()}>{t('stop')}</Button>
        ) : state === 'ended' && gone === pods.length ? null : (
          <Button
            look="danger"
            blocked={data === undefined ? t('plan') : blocked}
            onClick={() => void start()}
          >
            {t('start')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Warnings({
  pods,
  stay,
  t,
}: {
  readonly pods: readonly DrainPod[];
  readonly stay: number;
  readonly t: Text<'nodes.drain'>;
}) {
  const held = pods.filter(({ blockedBy }) => blockedBy.length > 0);
  const budgets = [
    ...new Set(held.flatMap(({ namespace, blockedBy }) => blockedBy.map((one) => `${namespace}/${one}`))),
  ];
  return (
    <>
      <p>{t('counts', { evict: pods.length, stay })}</p>
      {held.length === 0 ? null : (
        <Notice tone="drift" title={t('budgets', { count: held.length })}>
          {budgets.join(', ')}
        </Notice>
      )}
    </>
  );
}

function PodLine({
  pod,
  line: { step, message },
  t,
}: {
  readonly pod: DrainPod;
  readonly line: DrainLine;
  readonly t: Text<'nodes.drain'>;
}) {
  const notes = [
    ...(pod.unmanaged ? [t('unmanaged')] : []),
    ...(pod.localData ? [t('localData')] : []),
    ...(pod.blockedBy.length > 0 ? [t('blockedBy', { budgets: pod.blockedBy.join(', ') })] : []),
  ];
  return (
    <li className="px-3 py-1.5">
      <p className="flex flex-wrap items-center gap-x-2">
        <ToneIcon tone={TONES[step satisfies DrainStep]} />
        <span className="font-medium break-all">{pod.name}</span>
        <span className="text-muted">{pod.namespace}</span>
        <span className="ml-auto text-xs text-muted">{t(`steps.${step}`)}</span>
      </p>
      {notes.length === 0 && message === '' ? null : (
        <p className="pl-5.5 break-words text-muted">
          {[...notes, ...(message === '' ? [] : [message])].join('; ')}
        </p>
      )}
    </li>
  );
}
