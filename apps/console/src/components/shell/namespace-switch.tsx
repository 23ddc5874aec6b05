'use client';

import { Command } from 'cmdk';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useKeys } from '../../lib/keys.ts';
import { useNamespaces } from '../../lib/queries.ts';
import { useNamespace } from '../../lib/url-state.ts';

const ALL = 'All namespaces';

/** Chooses the namespace that lists are limited to. Key: n. */
export function NamespaceSwitch() {
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
        aria-label={`Namespace: ${namespace === '' ? ALL : namespace}`}
        className="flex h-8 min-w-0 max-w-56 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-sm hover:bg-sunken"
      >
        <span className="truncate">{namespace === '' ? ALL : namespace}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label="Namespaces"
          className="z-40 w-64 rounded-lg border border-line bg-raised shadow-pop"
        >
          <Command label="Namespaces">
            <Command.Input
              placeholder="Find a namespace"
              className="h-9 w-full border-b border-line bg-transparent px-3 text-sm outline-none placeholder:text-muted"
            />
            <Command.List label="Namespaces" className="max-h-72 overflow-auto p-1">
              <Command.Empty className="p-3 text-center text-muted">No namespace is called so.</Command.Empty>
              {['', ...namespaces].map((name) => (
                <Command.Item
                  key={name}
                  value={name === '' ? ALL : name}
                  onSelect={() => choose(name)}
                  className="flex h-7 cursor-pointer items-center justify-between rounded-sm px-2 data-[selected=true]:bg-accent-soft"
                >
                  <span className="truncate">{name === '' ? ALL : name}</span>
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
