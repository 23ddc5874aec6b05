'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: () => ReactNode;
}

/** Tabs whose choice the caller keeps, mostly in the URL. Only the chosen one is drawn. */
export function Tabs({
  tabs,
  value,
  onChange,
  label,
}: {
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
}) {
  const chosen = tabs.some(({ id }) => id === value) ? value : (tabs[0]?.id ?? '');
  return (
    <Radix.Root value={chosen} onValueChange={onChange} className="flex min-h-0 flex-1 flex-col">
      <Radix.List aria-label={label} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px shrink-0 border-b-2 border-transparent px-3 py-1.5 text-sm text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="ml-1.5 rounded-sm bg-sunken px-1 text-2xs text-muted">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="min-h-0 flex-1 pt-4 outline-offset-4">
          {tab.id === chosen ? tab.content() : null}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
