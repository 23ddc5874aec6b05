'use client';

import { type RefObject, useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';

const PAUSE_MS = 180;

/** The filter of a list. Key: /. The list follows when typing pauses. */
export function FilterBox({
  inputRef,
  value,
  onChange,
}: {
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const label = useText('common')('filter');
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <input
      ref={inputRef}
      type="search"
      aria-label={label}
      placeholder={`${label}   /`}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      className="h-8 w-48 max-sm:w-32 rounded-md border border-line-strong bg-surface px-2.5 text-sm placeholder:text-muted"
    />
  );
}
