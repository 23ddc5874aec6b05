/** One line of a CRI log file: `TIME stdout|stderr F|P text`. */
export interface LogLine {
  /** RFC 3339 with nanoseconds, as the runtime wrote it. */
  readonly time: string;
  readonly stream: 'stdout' | 'stderr';
  /** The runtime split a long line here: no line break follows. */
  readonly isPartial: boolean;
  readonly text: string;
}

/** Undefined for what is no log line (a half-written last one, say). */
export function parseLogLine(line: string): LogLine | undefined {
  const first = line.indexOf(' ');
  const second = line.indexOf(' ', first + 1);
  const third = line.indexOf(' ', second + 1);
  if (first < 0 || second < 0) return undefined;
  const stream = line.slice(first + 1, second);
  if (stream !== 'stdout' && stream !== 'stderr') return undefined;
  const tags = third < 0 ? line.slice(second + 1) : line.slice(second + 1, third);
  return {
    time: line.slice(0, first),
    stream,
    isPartial: tags.split(':')[0] === 'P',
    text: third < 0 ? '' : line.slice(third + 1),
  };
}
