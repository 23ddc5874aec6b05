'use client';

import { Clock, Download, History, type LucideIcon, Pause, Play, WrapText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text.ts';
import { downloadText } from '../../lib/download.ts';
import { Button } from '../ui/button.tsx';

export interface LogView {
  readonly previous: boolean;
  readonly paused: boolean;
  readonly wrap: boolean;
  readonly timestamps: boolean;
  readonly find: string;
}

export const LOG_VIEW: LogView = {
  ...{ previous: false, paused: false, wrap: false, timestamps: false, find: '' },
};

/** The lines that hold the words searched for, in any case. */
export function linesWith(find: string, lines: readonly string[]): readonly string[] {
  const wanted = find.toLowerCase();
  return wanted === '' ? lines : lines.filter((line) => line.toLowerCase().includes(wanted));
}

/** What can be done with a log, and how much of it is shown. `children` choose what is read. */
export function LogToolbar({
  view,
  onChange,
  noPrevious,
  file,
  shown,
  total,
  dropped,
  remarks = [],
  withTimes = false,
  children,
}: {
  readonly view: LogView;
  readonly onChange: (view: LogView) => void;
  /** Why there is no earlier log; '' when there is one. */
  readonly noPrevious: string;
  /** Name of the file that is downloaded. */
  readonly file: string;
  readonly shown: readonly string[];
  readonly total: number;
  readonly dropped: number;
  readonly remarks?: readonly string[];
  readonly withTimes?: boolean;
  readonly children: ReactNode;
}) {
  const t = useText('pods.logs');
  const { previous, paused, wrap, timestamps, find } = view;
  const set = (part: Partial<LogView>): void => onChange({ ...view, ...part });
  const count = find === '' ? t('lines', { count: total }) : t('linesOf', { count: shown.length, total });
  const letGo = dropped > 0 ? [t('dropped', { count: dropped })] : [];
  return (
    <div className="flex flex-wrap items-center gap-2">
      {children}
      <Toggle
        icon={History}
        pressed={previous}
        blocked={previous ? '' : noPrevious}
        onClick={() => set({ previous: !previous })}
      >
        {t('previous')}
      </Toggle>
      <Button icon={paused ? Play : Pause} aria-pressed={paused} onClick={() => set({ paused: !paused })}>
        {paused ? t('resume') : t('pause')}
      </Button>
      <Toggle icon={WrapText} pressed={wrap} onClick={() => set({ wrap: !wrap })}>
        {t('wrap')}
      </Toggle>
      {withTimes ? (
        <Toggle icon={Clock} pressed={timestamps} onClick={() => set({ timestamps: !timestamps })}>
          {t('times')}
        </Toggle>
      ) : null}
      <Button
        icon={Download}
        blocked={shown.length === 0 ? t('nothing') : ''}
        onClick={() => downloadText(file, shown)}
      >
        {t('download')}
      </Button>
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={find}
        onChange={(event) => set({ find: event.target.value })}
        className="h-8 w-44 rounded-md border border-line-strong bg-surface px-2 text-sm placeholder:text-muted"
      />
      <p role="status" className="text-xs text-muted">
        {[count, ...letGo, ...remarks].join(', ')}
      </p>
    </div>
  );
}

function Toggle({
  icon,
  pressed,
  blocked = '',
  onClick,
  children,
}: {
  readonly icon: LucideIcon;
  readonly pressed: boolean;
  readonly blocked?: string;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <Button
      icon={icon}
      aria-pressed={pressed}
      blocked={blocked}
      className="aria-pressed:bg-accent-soft"
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
