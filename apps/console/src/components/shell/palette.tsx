'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { type Text, useLocale, useText } from '../../i18n/text.ts';
import { listHref, objectHref, type ResourceRef } from '../../lib/paths.ts';
import { useKinds, useNamespaces } from '../../lib/queries.ts';
import { api } from '../../lib/trpc.ts';
import { useNamespace } from '../../lib/url-state.ts';

interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly href: string;
}

const PAGES = [
  ['overview', '/'],
  ['applications', '/applications'],
  ['ledger', '/ledger'],
  ['kinds', '/kinds'],
  ['create', '/create'],
  ['account', '/account'],
  ['users', '/users'],
] as const;

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
async function findObjects(text: string, t: Text<'shell.palette'>): Promise<Choice[]> {
  const lists = await Promise.all(
    SEARCHED.map(([kind, resource]) =>
      api.resources.list.query({ resource, filter: text, limit: FOUND_MAX }).then(
        ({ rows }) =>
          rows.map(({ name, namespace }) => ({
            label: name,
            detail: namespace === '' ? kind : t('kindIn', { kind, namespace }),
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
  const t = useText('shell.palette');
  const pageText = useText('shell.pages');
  const router = useRouter();
  const [text, setText] = useState('');
  const settled = useSettled(text.trim());
  const { kinds } = useKinds();
  const namespaces = useNamespaces();
  const [namespace] = useNamespace();
  const objects = useQuery({
    queryKey: ['find', settled, useLocale()],
    queryFn: () => findObjects(settled, t),
    enabled: open && settled.length > 1,
  });
  const query = namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
  const listed = kinds
    .filter(({ verbs }) => verbs.includes('list'))
    .map((kind) => ({
      label: kind.kind,
      detail: kind.group || t('core'),
      href: `${listHref(kind)}${query}`,
    }));
  const places = namespaces.map((name) => ({
    label: name,
    detail: t('podsOf'),
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
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <Command label={t('title')} loop>
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search aria-hidden className="size-4 text-muted" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder={t('placeholder')}
                className="h-11 w-full bg-transparent text-md outline-none placeholder:text-muted"
              />
            </div>
            <Command.List label={t('places')} className="max-h-[55vh] overflow-auto p-1">
              <Command.Empty className="p-4 text-center text-muted">{t('empty')}</Command.Empty>
              <Group
                heading={t('objects')}
                choices={text.trim().length > 1 ? (objects.data ?? []) : []}
                onChoose={choose}
              />
              <Group
                heading={t('pages')}
                choices={PAGES.map(([page, href]) => ({ label: pageText(page), detail: t('page'), href }))}
                onChoose={choose}
              />
              <Group heading={t('kinds')} choices={listed} onChoose={choose} />
              <Group heading={t('namespaces')} choices={places} onChoose={choose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
