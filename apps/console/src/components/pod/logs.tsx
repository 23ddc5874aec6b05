'use client';

import { type ContainerState, containerState } from '@gantry/trpc/shared/container-state';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { at } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useLog } from '../../lib/use-log.ts';
import { Notice } from '../ui/notice.tsx';
import { ContainerSelect, containerNames } from './container-select.tsx';
import { LogLines } from './log-lines.tsx';
import { LOG_VIEW, LogToolbar, linesWith } from './log-toolbar.tsx';

const TAIL_LINES = 1_000;

/** A container's log that follows; scrolling up holds it, the end lets it go on. */
export function Logs({ objectRef, pod }: { readonly objectRef: ObjectRef; readonly pod: unknown }) {
  const t = useText('pods.logs');
  const names = containerNames(pod);
  const [chosen, setChosen] = useState('');
  const container = names.includes(chosen) ? chosen : (names[0] ?? '');
  const [view, setView] = useState(LOG_VIEW);
  const { previous, timestamps, paused, wrap, find } = view;
  const state = containerState(pod, container);
  const hasLog = previous ? state.hasPreviousLog : state.hasLog;
  const log = useLog(
    {
      namespace: objectRef.namespace,
      pod: objectRef.name,
      container,
      previous,
      follow: true,
      timestamps,
      tailLines: TAIL_LINES,
    },
    {
      run: previous ? 0 : state.restarts,
      hasLog,
      isLeaving: at(pod, 'metadata.deletionTimestamp') !== undefined,
      paused,
    },
  );
  const shown = useMemo(() => linesWith(find, log.lines), [log.lines, find]);
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-2">
      <LogToolbar
        view={view}
        onChange={setView}
        noPrevious={state.hasPreviousLog ? '' : t('noPrevious')}
        file={`${objectRef.name}-${container}.log`}
        shown={shown}
        total={log.lines.length}
        dropped={log.dropped}
        remarks={log.state === 'ended' ? [t('ended')] : []}
        withTimes
      >
        <ContainerSelect names={names} value={container} onChange={setChosen} />
      </LogToolbar>
      {hasLog ? null : previous ? (
        <Notice tone="idle" role="status" title={t('noPrevious')} />
      ) : (
        <NoLog container={container} state={state} />
      )}
      {log.state === 'failed' ? (
        <Notice tone="drift" role="status" title={t('failed')}>
          {log.message === '' ? t('lost') : log.message}
        </Notice>
      ) : null}
      <LogLines lines={shown} wrap={wrap} label={t('label', { container })} />
    </div>
  );
}

/** Why there is nothing to read, in the words of the node or the scheduler. */
function NoLog({ container, state }: { readonly container: string; readonly state: ContainerState }) {
  const t = useText('pods.logs');
  const { reason, message, hasEnded } = state;
  const because = { container, reason };
  const title = hasEnded
    ? reason === ''
      ? t('noLog', { container })
      : t('noLogBecause', because)
    : reason === ''
      ? t('notStarted', { container })
      : t('notStartedBecause', because);
  return (
    <Notice tone={hasEnded ? 'idle' : 'busy'} role="status" title={title}>
      {message === '' ? (hasEnded ? undefined : t('waits')) : message}
    </Notice>
  );
}
