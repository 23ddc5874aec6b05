'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { Button } from '../ui/button.tsx';

const LINE_PX = 18;
/** So near the end counts as being there. */
const NEAR_END_PX = 40;

/** Between the pod and what it wrote, in logs of several. */
export const SOURCE_MARK = ' │ ';

/** Whose line it is stands back behind what it says. */
function LogLine({ line }: { readonly line: string }) {
  const end = line.indexOf(SOURCE_MARK);
  if (end < 0) return line;
  return (
    <>
      <span className="text-muted">{line.slice(0, end + SOURCE_MARK.length)}</span>
      {line.slice(end + SOURCE_MARK.length)}
    </>
  );
}

/** Lines of a log, of which only those in view are drawn; scrolling up holds it, the end lets it go on. */
export function LogLines({
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
              <LogLine line={lines[index] ?? ''} />
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
