'use client';

import { Clock, Download, History, Pause, Play, WrapText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { downloadText } from '../../lib/download.ts';
import { list, text } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useLog } from '../../lib/use-log.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ContainerSelect, containerNames } from './container-select.tsx';
import { LogLines } from './log-lines.tsx';

const TAIL_LINES = 1_000;

const restartsOf = (pod: unknown, container: string): number => {
  const statuses = [...list(pod, 'status.containerStatuses'), ...list(pod, 'status.initContainerStatuses')];
  return Number(
    text(
      statuses.find((status) => text(status, 'name') === container),
      'restartCount',
    ),
  );
};

/** A container's log that follows; scrolling up holds it, the end lets it go on. */
export function Logs({ objectRef, pod }: { readonly objectRef: ObjectRef; readonly pod: unknown }) {
  const t = useText('pods.logs');
  const names = containerNames(pod);
  const [chosen, setChosen] = useState('');
  const container = names.includes(chosen) ? chosen : (names[0] ?? '');
  const [previous, setPrevious] = useState(false);
  const [wrap, setWrap] = useState(false);
  const [timestamps, setTimestamps] = useState(false);
  const [paused, setPaused] = useState(false);
  const [find, setFind] = useState('');
  const restarts = restartsOf(pod, container);
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
    previous ? 0 : restarts,
    paused,
  );
  const shown = useMemo(() => {
    const wanted = find.toLowerCase();
    return wanted === '' ? log.lines : log.lines.filter((line) => line.toLowerCase().includes(wanted));
  }, [log.lines, find]);
  return (
    <div className="flex h-full min-h-[420px] flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <ContainerSelect names={names} value={container} onChange={setChosen} />
        <Button
          icon={History}
          aria-pressed={previous}
          blocked={restarts > 0 || previous ? '' : t('noPrevious')}
          className="aria-pressed:bg-accent-soft"
          onClick={() => setPrevious(!previous)}
        >
          {t('previous')}
        </Button>
        <Button icon={paused ? Play : Pause} aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? t('resume') : t('pause')}
        </Button>
        <Button
          icon={WrapText}
          aria-pressed={wrap}
          className="aria-pressed:bg-accent-soft"
          onClick={() => setWrap(!wrap)}
        >
          {t('wrap')}
        </Button>
        <Button
          icon={Clock}
          aria-pressed={timestamps}
          className="aria-pressed:bg-accent-soft"
          onClick={() => setTimestamps(!timestamps)}
        >
          {t('times')}
        </Button>
        <Button
          icon={Download}
          blocked={shown.length === 0 ? t('nothing') : ''}
          onClick={() => downloadText(`${objectRef.name}-${container}.log`, shown)}
        >
          {t('download')}
        </Button>
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          className="h-8 w-44 rounded-md border border-line-strong bg-surface px-2 text-sm placeholder:text-muted"
        />
        <p role="status" className="text-xs text-muted">
          {[
            find === ''
              ? t('lines', { count: shown.length })
              : t('linesOf', { count: shown.length, total: log.lines.length }),
            ...(log.dropped > 0 ? [t('dropped', { count: log.dropped })] : []),
            ...(log.state === 'ended' ? [t('ended')] : []),
          ].join(', ')}
        </p>
      </div>
      {log.state === 'failed' ? (
        <Notice tone="drift" role="status" title={t('failed')}>
          {log.message === '' ? t('lost') : log.message}
        </Notice>
      ) : null}
      <LogLines lines={shown} wrap={wrap} label={t('label', { container })} />
    </div>
  );
}
