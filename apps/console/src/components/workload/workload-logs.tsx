'use client';

import { Download, History, Pause, Play, WrapText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { downloadText } from '../../lib/download.ts';
import type { MergedLine } from '../../lib/merged-log.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useMergedLog } from '../../lib/use-merged-log.ts';
import { LogLines } from '../pod/log-lines.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { useWorkloadPods } from './use-workload-pods.ts';

const SINCE = [0, 60, 600, 3_600, 86_400] as const;
const SINCE_TEXTS = { 0: 'last', 60: 'minute', 600: 'tenMinutes', 3600: 'hour', 86400: 'day' } as const;
const SELECT = 'h-8 rounded-md border border-line-strong bg-surface px-2 text-sm';

/** The end of a pod's name, which tells it from its siblings. */
const tailOf = (pod: string, owner: string): string =>
  pod.startsWith(`${owner}-`) ? pod.slice(owner.length + 1) : pod;

/** The logs of all pods of a workload as one, in order of time. */
export function WorkloadLogs({ objectRef }: { readonly objectRef: ObjectRef }) {
  const t = useText('workloads.logs');
  const pods = useText('pods');
  const log = useText('pods.logs');
  const { data, error } = useWorkloadPods(objectRef);
  const [pod, setPod] = useState('');
  const [container, setContainer] = useState('');
  const [sinceSeconds, setSince] = useState<number>(0);
  const [previous, setPrevious] = useState(false);
  const [paused, setPaused] = useState(false);
  const [wrap, setWrap] = useState(false);
  const [find, setFind] = useState('');
  const all = data?.sources ?? [];
  const sources = all.filter(
    (source) =>
      (pod === '' || source.pod === pod) &&
      (container === '' || source.container === container) &&
      (!previous || source.restarts > 0),
  );
  const { lines, dropped, open } = useMergedLog(objectRef.namespace, sources, {
    previous,
    sinceSeconds,
    paused,
  });
  const containers = [...new Set(all.map((source) => source.container))];
  const names = [...new Set(all.map((source) => source.pod))];
  const withContainer = containers.length > 1;
  const shown = useMemo(() => {
    const wanted = find.toLowerCase();
    const write = (line: MergedLine): string =>
      `${tailOf(line.pod, objectRef.name)}${withContainer ? `/${line.container}` : ''} │ ${line.text}`;
    const texts = lines.map(write);
    return wanted === '' ? texts : texts.filter((text) => text.toLowerCase().includes(wanted));
  }, [lines, find, withContainer, objectRef.name]);
  if (error !== null && data === undefined) return <Trouble error={error} what={t('what')} />;
  if (data === undefined) return <Skeleton lines={10} />;
  if (all.length === 0) return <Empty title={t('none')}>{t('noneHelp')}</Empty>;
  const restarted = all.some(({ restarts }) => restarts > 0);
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
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
        <Button
          icon={History}
          aria-pressed={previous}
          blocked={restarted || previous ? '' : t('noPrevious')}
          className="aria-pressed:bg-accent-soft"
          onClick={() => setPrevious(!previous)}
        >
          {log('previous')}
        </Button>
        <Button icon={paused ? Play : Pause} aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? log('resume') : log('pause')}
        </Button>
        <Button
          icon={WrapText}
          aria-pressed={wrap}
          className="aria-pressed:bg-accent-soft"
          onClick={() => setWrap(!wrap)}
        >
          {log('wrap')}
        </Button>
        <Button
          icon={Download}
          blocked={shown.length === 0 ? log('nothing') : ''}
          onClick={() => downloadText(`${objectRef.name}.log`, shown)}
        >
          {log('download')}
        </Button>
        <input
          type="search"
          aria-label={log('search')}
          placeholder={log('search')}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          className="h-8 w-44 rounded-md border border-line-strong bg-surface px-2 text-sm placeholder:text-muted"
        />
        <p role="status" className="text-xs text-muted">
          {[
            find === ''
              ? log('lines', { count: shown.length })
              : log('linesOf', { count: shown.length, total: lines.length }),
            ...(dropped > 0 ? [log('dropped', { count: dropped })] : []),
            t('open', { open, count: sources.length }),
            ...(data.total > names.length
              ? [t('newestOnly', { count: names.length, total: data.total })]
              : []),
          ].join(', ')}
        </p>
      </div>
      <LogLines lines={shown} wrap={wrap} label={t('label', { name: objectRef.name })} />
    </div>
  );
}
