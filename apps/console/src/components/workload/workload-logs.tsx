'use client';

import { useMemo, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import type { MergedLine } from '../../lib/merged-log.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useMergedLog } from '../../lib/use-merged-log.ts';
import { LogLines, SOURCE_MARK } from '../pod/log-lines.tsx';
import { LOG_VIEW, LogToolbar, linesWith } from '../pod/log-toolbar.tsx';
import { Empty, Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { useWorkloadPods, type WorkloadPods } from './use-workload-pods.ts';

const SINCE = [0, 60, 600, 3_600, 86_400] as const;
const SINCE_TEXTS = { 0: 'last', 60: 'minute', 600: 'tenMinutes', 3600: 'hour', 86400: 'day' } as const;
const SELECT = 'h-8 rounded-md border border-line-strong bg-surface px-2 text-sm';
/** Containers that wait and are named; the others are like them. */
const WAITING_MAX = 5;

type Source = WorkloadPods['sources'][number];

/** The end of a pod's name, which tells it from its siblings. */
const tailOf = (pod: string, owner: string): string =>
  pod.startsWith(`${owner}-`) ? pod.slice(owner.length + 1) : pod;

/** The logs of all pods of a workload as one, in order of time. */
export function WorkloadLogs({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('workloads.logs');
  const { data, error } = useWorkloadPods(objectRef);
  if (error !== null && data === undefined) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={10} />;
  if (data.sources.length === 0) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  return <Merged objectRef={objectRef} all={data.sources} total={data.total} />;
}

function Merged({
  objectRef,
  all,
  total,
}: {
  readonly objectRef: ObjectRef;
  readonly all: readonly Source[];
  /** Pods of the workload. */
  readonly total: number;
}) {
  const t = useText('workloads.logs');
  const pods = useText('pods');
  const [pod, setPod] = useState('');
  const [container, setContainer] = useState('');
  const [sinceSeconds, setSince] = useState<number>(0);
  const [view, setView] = useState(LOG_VIEW);
  const { previous, paused, wrap, find } = view;
  const chosen = all.filter(
    (source) => (pod === '' || source.pod === pod) && (container === '' || source.container === container),
  );
  const sources = chosen.filter(({ hasLog, hasPreviousLog }) => (previous ? hasPreviousLog : hasLog));
  const { lines, dropped, open } = useMergedLog(objectRef.namespace, sources, {
    previous,
    sinceSeconds,
    paused,
  });
  const containers = [...new Set(all.map((source) => source.container))];
  const names = [...new Set(all.map((source) => source.pod))];
  const withContainer = containers.length > 1;
  const shown = useMemo(() => {
    const write = (line: MergedLine): string =>
      `${tailOf(line.pod, objectRef.name)}${withContainer ? `/${line.container}` : ''}${SOURCE_MARK}${line.text}`;
    return linesWith(find, lines.map(write));
  }, [lines, find, withContainer, objectRef.name]);
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-2">
      <LogToolbar
        view={view}
        onChange={setView}
        noPrevious={all.some(({ hasPreviousLog }) => hasPreviousLog) ? '' : t('noPrevious')}
        file={`${objectRef.name}.log`}
        shown={shown}
        total={lines.length}
        dropped={dropped}
        remarks={[
          t('open', { open, count: sources.length }),
          ...(total > names.length ? [t('newestOnly', { count: names.length, total })] : []),
        ]}
      >
        <select
          aria-label={t('pod')}
          value={pod}
          onChange={(event) => setPod(event.target.value)}
          className={SELECT}
        >
          <option value="">{t('allPods', { count: names.length })}</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        {withContainer ? (
          <select
            aria-label={pods('container')}
            value={container}
            onChange={(event) => setContainer(event.target.value)}
            className={SELECT}
          >
            <option value="">{t('allContainers')}</option>
            {containers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        ) : null}
        <select
          aria-label={t('since')}
          value={sinceSeconds}
          onChange={(event) => setSince(Number(event.target.value))}
          className={SELECT}
        >
          {SINCE.map((seconds) => (
            <option key={seconds} value={seconds}>
              {t(SINCE_TEXTS[seconds])}
            </option>
          ))}
        </select>
      </LogToolbar>
      {previous ? null : <Waiting sources={chosen} owner={objectRef.name} />}
      <LogLines lines={shown} wrap={wrap} label={t('label', { name: objectRef.name })} />
    </div>
  );
}

/** Containers that have no log yet, and why. */
function Waiting({ sources, owner }: { readonly sources: readonly Source[]; readonly owner: string }) {
  const t = useText('workloads.logs');
  const waiting = sources.filter(({ hasLog, hasEnded }) => !hasLog && !hasEnded);
  if (waiting.length === 0) return null;
  return (
    <Notice tone="busy" role="status" title={t('waiting', { count: waiting.length })}>
      <ul>
        {waiting.slice(0, WAITING_MAX).map(({ pod, container, reason, message }) => (
          <li key={`${pod}/${container}`}>
            {[`${tailOf(pod, owner)}/${container}`, reason, message].filter((text) => text !== '').join(': ')}
          </li>
        ))}
        {waiting.length > WAITING_MAX ? <li>{t('more', { count: waiting.length - WAITING_MAX })}</li> : null}
      </ul>
    </Notice>
  );
}
