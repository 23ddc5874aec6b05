'use client';

import { LEDGER_TYPES } from '@gantry/trpc/shared/ledger-types';
import { ListFilter } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';

/** What can be searched by, as it stands in the address. */
export const FILTERS = [
  'application',
  'commit',
  'kind',
  'name',
  'image',
  'error',
  'actor',
  'since',
  'until',
] as const;

const PAUSE_MS = 250;

export function LedgerFilters() {
  const t = useText('ledger');
  const url = useUrlState();
  const [open, setOpen] = useState(false);
  const isFiltered = ['type', ...FILTERS].some((name) => url.get(name) !== '');
  const clear = (): void => url.set({ type: '', ...Object.fromEntries(FILTERS.map((name) => [name, ''])) });
  const isOpen = open || isFiltered;
  return (
    <form
      aria-label={t('filters')}
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 items-end gap-2 sm:grid-cols-3 lg:grid-cols-5"
    >
      {isOpen ? null : (
        <Button icon={ListFilter} aria-expanded={false} className="sm:hidden" onClick={() => setOpen(true)}>
          {t('filters')}
        </Button>
      )}
      <div className={`flex flex-col gap-1 ${isOpen ? '' : 'max-sm:hidden'}`}>
        <label htmlFor="ledger-type" className="text-xs font-medium">
          {t('type')}
        </label>
        <select
          id="ledger-type"
          value={url.get('type')}
          onChange={(event) => url.set({ type: event.target.value })}
          className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
        >
          <option value="">{t('all')}</option>
          {LEDGER_TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`types.${type}`)}
            </option>
          ))}
        </select>
      </div>
      {FILTERS.map((name) => (
        <Filter key={name} name={name} className={isOpen ? '' : 'max-sm:hidden'} />
      ))}
      {isFiltered ? (
        <Button look="quiet" onClick={clear} className="justify-self-start">
          {t('clear')}
        </Button>
      ) : null}
    </form>
  );
}

/** The list follows when typing pauses. */
function Filter({
  name,
  className,
}: {
  readonly name: (typeof FILTERS)[number];
  readonly className: string;
}) {
  const t = useText('ledger.by');
  const url = useUrlState();
  const value = url.get(name);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => url.set({ [name]: text }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, name, url]);
  const isTime = name === 'since' || name === 'until';
  return (
    <Field
      id={`ledger-${name}`}
      className={className}
      label={t(name)}
      value={text}
      autoComplete="off"
      spellCheck={false}
      {...(isTime ? { placeholder: '2026-01-31T12:00:00Z' } : {})}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
