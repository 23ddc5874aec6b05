'use client';

import { useLocale, useText } from '../../i18n/text.ts';
import { age, clock } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** Time since `time`, alive; the moment itself as its title. */
export function Age({
  time,
  ago = false,
}: {
  readonly time: string | undefined | null;
  /** In a sentence: `5m ago`. */
  readonly ago?: boolean;
}) {
  const t = useText('common');
  const locale = useLocale();
  const now = useNow();
  if (now === 0 || !time) return <span>{time ? '…' : '–'}</span>;
  return (
    <time dateTime={time} title={clock(time, locale)} className="whitespace-nowrap">
      {ago ? t('ago', { age: age(time, now) }) : age(time, now)}
    </time>
  );
}
