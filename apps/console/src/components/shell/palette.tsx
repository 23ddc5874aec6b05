'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { listHref, objectHref, type ResourceRef } from '../../lib/paths.ts';
import { useKinds, useNamespaces } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useNamespace } from '../../lib/url-state.ts';

interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly href: string;
}

const PAGES: readonly Choice[] = [
  { label: 'Overview', detail: 'page', href: '/' },
  { label: 'Applications', detail: 'page', href: '/applications' },
  { label: 'All kinds', detail: 'page', href: '/kinds' },
  { label: 'Create from YAML', detail: 'page', href: '/create' },
  { label: 'Change your password', detail: 'page', href: '/account' },
];

/** Kinds whose objects the palette finds by name. */
const SEARCHED: readonly (readonly [string, ResourceRef])[] = [
  ['Application', { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' }],
  ['Deployment', { group: 'apps', version: 'v1', plural: 'deployments' }],
  ['Service', { group: '', version: 'v1', plural: 'services' }],
  ['Pod', { group: '', version: 'v1', plural: 'pods' }],
  ['Node', { group: '', version: 'v1', plural: 'nodes' }],
  ['ConfigMap', { group: '', version: 'v1', plural: 'configmaps' }],
];
const FOUND_MAX = 5;
const PAUSE_MS = 150;

/** Objects whose name holds the text, a few of each kind; what may not be listed is left out. */
async function findObjects(text: string): Promise<Choice[]> {
  const lists = await Promise.all(
    SEARCHED.map(([kind, resource]) =>
      api.resources.list.query({ resource, filter: text, limit: FOUND_MAX }).then(
        ({ rows }) =>
          rows.map(({ name, namespace }) => ({
            label: name,
            detail: namespace === '' ? kind : `${kind} in ${namespace}`,
            href: objectHref({ resource, namespace, name }),
          })),
        () => [],
      ),
    ),
  );
  return lists.flat();
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Group({
  heading,
  choices,
  onChoose,
}: {
  readonly heading: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (href: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-muted"
    >
      {choices.map(({ label, detail, href }) => (
        <Command.Item
          key={href}
          value={`${label} ${detail} ${href}`}
          onSelect={() => onChoose(href)}
          className="flex h-8 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 data-[selected=true]:bg-accent-soft"
        >
          <span className="truncate">{label}</span>
          <span className="shrink-0 text-xs text-muted">{detail}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** ⌘K: pages, kinds, namespaces and objects by name. */
export function Palette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const { kinds } = useKinds();
  const namespaces = useNamespaces();
  const [namespace] = useNamespace();
  const objects = useQuery({
    queryKey: ['find', settled],
    queryFn: () => findObjects(settled),
    enabled: open && settled.length > 1,
  });
  const query = namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
  const listed = kinds
    .filter(({ verbs }) => verbs.includes('list'))
    .map((kind) => ({ label: kind.kind, detail: kind.group || 'core', href: `${listHref(kind)}${query}` }));
  const places = namespaces.map((name) => ({
    label: name,
    detail: 'pods of the namespace',
    href: `${listHref({ group: '', version: 'v1', plural: 'pods' })}?ns=${encodeURIComponent(name)}`,
  }));
  const choose = (href: string): void => {
    onClose();
    setText('');
    router.push(href);
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Content
          aria-modal="true"
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop"
        >
          <Dialog.Title className="sr-only">Go to</Dialog.Title>
          <Command label="Go to" loop>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search aria-hidden className="size-4 text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="Go to a page, kind, namespace or object"
                className="h-11 w-full bg-transparent text-md outline-none placeholder:text-muted"
              />
            </div>
            <Command.List label="Places" className="max-h-[55vh] overflow-auto p-1">
              <Command.Empty className="p-4 text-center text-muted">Nothing is called so.</Command.Empty>
              <Group
                heading="Objects"
                choices={text.trim().length > 1 ? (objects.data ?? []) : []}
                onChoose={choose}
              />
              <Group heading="Pages" choices={PAGES} onChoose={choose} />
              <Group heading="Kinds" choices={listed} onChoose={choose} />
              <Group heading="Namespaces" choices={places} onChoose={choose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
