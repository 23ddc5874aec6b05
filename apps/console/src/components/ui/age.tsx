'use client';

import { age, clock } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** Time since `time`, alive; the moment itself as its title. */
export function Age({
  time,
  suffix = '',
}: {
  readonly time: string | undefined | null;
  readonly suffix?: string;
}) {
  const now = useNow();
  if (now === 0 || !time) return <span>{time ? '…' : '–'}</span>;
  return (
    <time dateTime={time} title={clock(time)} className="whitespace-nowrap">
      {age(time, now)}
      {suffix}
    </time>
  );
}
