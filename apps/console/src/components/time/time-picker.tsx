'use client';

import { History } from 'lucide-react';
import { useText } from '../../i18n/text.ts';
import { Button } from '../ui/button.tsx';

const two = (value: number): string => String(value).padStart(2, '0');

/** Local time as `<input type="datetime-local">` has it. */
function local(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

const HOUR_MS = 3_600_000;

/** Chooses a moment of the past; '' is now. Moments are RFC 3339. */
export function TimePicker({
  time,
  onChange,
}: {
  readonly time: string;
  readonly onChange: (time: string) => void;
}) {
  const t = useText('time');
  if (time === '')
    return (
      <Button
        icon={History}
        title={t('travel')}
        aria-label={t('travel')}
        onClick={() => onChange(new Date(Date.now() - HOUR_MS).toISOString())}
      />
    );
  return (
    <span className="flex items-center gap-2">
      <input
        type="datetime-local"
        step={1}
        aria-label={t('moment')}
        value={local(time)}
        onChange={({ target }) => {
          const date = new Date(target.value);
          if (!Number.isNaN(date.getTime())) onChange(date.toISOString());
        }}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      />
      <Button onClick={() => onChange('')}>{t('back')}</Button>
    </span>
  );
}
