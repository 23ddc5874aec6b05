'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Clock, History, Pause, Play, WrapText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { list, text } from '../../lib/fields.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import { useLog } from '../../lib/use-log.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ContainerSelect, containerNames } from './container-select.tsx';

const TAIL_LINES = 1_000;
const LINE_PX = 18;
/** So near the end counts as being there. */
const NEAR_END_PX = 40;

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
      <Lines lines={shown} wrap={wrap} label={t('label', { container })} />
    </div>
  );
}

function Lines({
  lines,
  wrap,
  label,
}: {
  readonly lines: readonly string[];
  readonly wrap: boolean;
  readonly label: string;
}) {
  const t = useText('pods.logs');
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 30,
  });
  useEffect(() => {
    if (atEnd && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [atEnd, lines.length, virtual]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="log"
        aria-label={label}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX)
        }
        className="absolute inset-0 overflow-auto rounded-md border border-line bg-sunken py-1 font-mono text-xs"
      >
        <div
          className="relative w-max min-w-full"
          style={{ height: virtual.getTotalSize(), ...(wrap ? { width: '100%' } : {}) }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              data-index={index}
              ref={virtual.measureElement}
              className={`absolute top-0 left-0 min-h-[18px] px-3 leading-[18px] hover:bg-accent-soft ${wrap ? 'w-full break-all whitespace-pre-wrap' : 'whitespace-pre'}`}
              style={{ transform: `translateY(${start}px)` }}
            >
              {lines[index]}
            </div>
          ))}
        </div>
      </div>
      {atEnd ? null : (
        <Button
          icon={ArrowDownToLine}
          className="absolute right-4 bottom-3 shadow-pop"
          onClick={() => setAtEnd(true)}
        >
          {t('toEnd')}
        </Button>
      )}
    </div>
  );
}
