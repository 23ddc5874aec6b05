'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { useKeys } from '../../lib/keys.ts';
import { useNamespaces } from '../../lib/queries.ts';
import { useNamespace } from '../../lib/url-state.ts';

/** Chooses the namespace that lists are limited to. Key: n. */
export function NamespaceSwitch() {
  const t = useText('shell.namespace');
  const all = t('all');
  const [open, setOpen] = useState(false);
  const [namespace, setNamespace] = useNamespace();
  const namespaces = useNamespaces();
  useKeys({ n: () => setOpen(true) });
  const choose = (value: string): void => {
    setNamespace(value);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={t('chosen', { namespace: namespace === '' ? all : namespace })}
        className="flex h-8 min-w-0 max-w-56 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-sm hover:bg-sunken"
      >
        <span className="truncate">{namespace === '' ? all : namespace}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={t('label')}
          className="z-40 w-64 rounded-lg border border-line bg-raised shadow-pop"
        >
          <Command label={t('label')}>
            <Command.Input
              placeholder={t('find')}
              className="h-9 w-full border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-muted"
            />
            <Command.List label={t('label')} className="max-h-72 overflow-auto p-1">
              <Command.Empty className="p-3 text-center text-muted">{t('empty')}</Command.Empty>
              {['', ...namespaces].map((name) => (
                <Command.Item
                  key={name}
                  value={name === '' ? all : name}
                  onSelect={() => choose(name)}
                  className="flex h-7 cursor-pointer items-center justify-between rounded-sm px-2 data-[selected=true]:bg-accent-soft"
                >
                  <span className="truncate">{name === '' ? all : name}</span>
                  {name === namespace ? <Check aria-hidden className="size-3.5" /> : null}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
