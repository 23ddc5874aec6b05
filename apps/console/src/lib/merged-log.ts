/** The logs of several containers as one, in order of time. Over WebSockets, of which a browser opens far more than requests. */

import { type LogQuery, logUrl } from './log-stream.ts';

const PROTOCOL = 'binary.k8s.io';
const RETRY_MS = 2_000;

export interface MergedSource {
  readonly pod: string;
  readonly container: string;
}

export interface MergedLine extends MergedSource {
  /** RFC 3339 with nanoseconds; '' for a line that came without. */
  readonly time: string;
  readonly text: string;
}

/** A line as the server sends it with `timestamps=true`. */
export function splitLine(source: MergedSource, line: string): MergedLine {
  const space = line.indexOf(' ');
  const time = space < 0 ? line : line.slice(0, space);
  return /^\d{4}-\d\d-\d\dT/.test(time)
    ? { ...source, time, text: space < 0 ? '' : line.slice(space + 1) }
    : { ...source, time: '', text: line };
}

/** Times as texts can't be compared when their fractions differ in length. */
const sortable = (time: string): string => {
  const [seconds = '', fraction = ''] = time.replace(/Z$/, '').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
};

/** Puts fresh lines where their time says; most come at the end. Keeps the newest `max`. */
export function mergeLines(
  old: readonly MergedLine[],
  fresh: readonly MergedLine[],
  max: number,
): { readonly lines: readonly MergedLine[]; readonly dropped: number } {
  const key = ({ time }: MergedLine): string => sortable(time);
  const sorted = fresh.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const first = sorted[0];
  if (first === undefined) return { lines: old, dropped: 0 };
  let from = old.length;
  while (from > 0 && key(old[from - 1] ?? first) > key(first)) from -= 1;
  const tail = [...old.slice(from), ...sorted];
  if (from < old.length) tail.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const all = [...old.slice(0, from), ...tail];
  const over = Math.max(0, all.length - max);
  return { lines: over === 0 ? all : all.slice(over), dropped: over };
}

export interface SourceState {
  readonly state: 'connecting' | 'open' | 'ended';
}

/** Follows one container until its log ends or `signal` says so; after a lost connection it goes on where it was. */
export function followSocket(
  query: LogQuery,
  onLines: (lines: readonly MergedLine[]) => void,
  onState: (state: SourceState['state']) => void,
  signal: AbortSignal,
): void {
  let current = query;
  let heard = '';
  const open = (): void => {
    if (signal.aborted) return;
    const { protocol, host } = window.location;
    const url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${logUrl(current)}`;
    const socket = new WebSocket(url, PROTOCOL);
    socket.binaryType = 'arraybuffer';
    const decoder = new TextDecoder();
    let rest = '';
    const take = (texts: readonly string[]): void => {
      // Asked again from the second of the last line: what was heard already is left out.
      const lines = texts
        .map((text) => splitLine(query, text))
        .filter(({ time }) => time === '' || heard === '' || sortable(time) > sortable(heard));
      heard = lines.at(-1)?.time || heard;
      if (lines.length > 0) onLines(lines);
    };
    const stop = (): void => {
      onState('ended');
      socket.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.onopen = () => onState('open');
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const lines = (rest + decoder.decode(data, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      take(lines);
    };
    socket.onclose = ({ code }) => {
      signal.removeEventListener('abort', stop);
      if (rest !== '') take([rest]);
      if (signal.aborted) return;
      if (code === 1000) return onState('ended');
      onState('connecting');
      if (query.previous) return;
      if (heard !== '') current = { ...query, sinceTime: heard };
      setTimeout(open, RETRY_MS);
    };
  };
  open();
}
