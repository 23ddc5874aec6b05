'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { LOCALES, type Locale } from '../../i18n/locale.ts';
import { type Text, useLocale, useText } from '../../i18n/text.ts';
import { listHref, objectHref, type ResourceRef } from '../../lib/paths.ts';
import { useKinds, useNamespaces } from '../../lib/queries.ts';
import { applyTheme, currentTheme, nextTheme } from '../../lib/theme.ts';
import { api } from '../../lib/trpc.ts';
import { useNamespace } from '../../lib/url-state.ts';
import { useLanguage } from './language.tsx';
import { signOut } from './sign-out.ts';

/** Something to go to or to do. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  run(): void;
}

const PAGES = [
  ['overview', '/'],
  ['applications', '/applications'],
  ['ledger', '/ledger'],
  ['topology', '/topology'],
  ['events', '/events'],
  ['kinds', '/kinds'],
  ['create', '/create'],
  ['account', '/account'],
  ['users', '/users'],
] as const;

const core = (plural: string): ResourceRef => ({ group: '', version: 'v1', plural });
const apps = (plural: string): ResourceRef => ({ group: 'apps', version: 'v1', plural });

/** Kinds whose objects are found by name. */
const SEARCHED: readonly (readonly [string, ResourceRef])[] = [
  ['Application', { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'applications' }],
  ['Deployment', apps('deployments')],
  ['StatefulSet', apps('statefulsets')],
  ['DaemonSet', apps('daemonsets')],
  ['Service', core('services')],
  ['Pod', core('pods')],
  ['Node', core('nodes')],
  ['ConfigMap', core('configmaps')],
  ['Secret', core('secrets')],
];
/** Kinds that people make by hand most. */
const MADE = ['Deployment', 'Service', 'ConfigMap', 'Secret'] as const;
const FOUND_MAX = 5;
/** Objects whose own actions are offered. */
const ACTED_MAX = 3;
const PAUSE_MS = 150;

interface Found {
  readonly kind: string;
  readonly resource: ResourceRef;
  readonly namespace: string;
  readonly name: string;
}

/** Objects whose name holds the text, a few of each kind; what may not be listed is left out. */
async function findObjects(text: string): Promise<Found[]> {
  const lists = await Promise.all(
    SEARCHED.map(([kind, resource]) =>
      api.resources.list.query({ resource, filter: text, limit: FOUND_MAX }).then(
        ({ rows }) => rows.map(({ name, namespace }) => ({ kind, resource, namespace, name })),
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

const placeOf = ({ kind, namespace }: Found, t: Text<'shell.palette'>): string =>
  namespace === '' ? kind : t('kindIn', { kind, namespace });

/** Objects by name, and what can be done to the first of them. */
export function useObjectChoices(
  text: string,
  isOpen: boolean,
): { readonly objects: readonly Choice[]; readonly actions: readonly Choice[] } {
  const t = useText('shell.palette');
  const router = useRouter();
  const settled = useSettled(text);
  const isAsked = text.length > 1;
  const { data } = useQuery({
    queryKey: ['find', settled],
    queryFn: () => findObjects(settled),
    enabled: isOpen && settled.length > 1,
  });
  const found = isAsked ? (data ?? []) : [];
  const choice = (one: Found, label: string, tab: string): Choice => ({
    key: `${objectHref(one, tab)} ${label}`,
    label,
    detail: placeOf(one, t),
    run: () => router.push(objectHref(one, tab)),
  });
  return {
    objects: found.map((one) => choice(one, one.name, '')),
    actions: found
      .slice(0, ACTED_MAX)
      .flatMap((one) => [
        choice(one, t('edit', { name: one.name }), 'yaml&edit=1'),
        choice(one, t('yaml', { name: one.name }), 'yaml'),
        ...(one.kind === 'Pod'
          ? [
              choice(one, t('logs', { name: one.name }), 'logs'),
              choice(one, t('shell', { name: one.name }), 'shell'),
            ]
          : []),
      ]),
  };
}

/** Pages, kinds and namespaces. */
export function usePlaces(): {
  readonly pages: readonly Choice[];
  readonly kinds: readonly Choice[];
  readonly namespaces: readonly Choice[];
} {
  const t = useText('shell.palette');
  const pageText = useText('shell.pages');
  const router = useRouter();
  const { kinds } = useKinds();
  const namespaces = useNamespaces();
  const [namespace] = useNamespace();
  const query = namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
  const choice = (label: string, detail: string, href: string): Choice => ({
    ...{ key: `${label} ${href}`, label, detail },
    run: () => router.push(href),
  });
  return {
    pages: PAGES.map(([page, href]) => choice(pageText(page), t('page'), href)),
    kinds: kinds
      .filter(({ verbs }) => verbs.includes('list'))
      .map((kind) => choice(kind.kind, kind.group || t('core'), `${listHref(kind)}${query}`)),
    namespaces: namespaces.map((name) =>
      choice(name, t('podsOf'), `${listHref(core('pods'))}?ns=${encodeURIComponent(name)}`),
    ),
  };
}

/** What can be done from everywhere. */
export function useEverywhereActions(onHelp: () => void): readonly Choice[] {
  const t = useText('shell.palette');
  const shell = useText('shell');
  const router = useRouter();
  const [namespace] = useNamespace();
  const locale = useLocale();
  const [, choose] = useLanguage();
  const languages = (Object.keys(LOCALES) as Locale[]).filter((one) => one !== locale);
  const create = (kind: string): string =>
    `/create?kind=${kind}${namespace === '' ? '' : `&ns=${encodeURIComponent(namespace)}`}`;
  const choice = (label: string, run: () => void): Choice => ({
    ...{ key: `do ${label}`, label, detail: t('action'), run },
  });
  return [
    ...MADE.map((kind) => choice(t('make', { kind }), () => router.push(create(kind)))),
    choice(t('theme'), () => applyTheme(nextTheme(currentTheme()))),
    ...languages.map((one) => choice(t('language', { language: LOCALES[one] }), () => choose(one))),
    choice(t('showKeys'), onHelp),
    choice(shell('signOut'), () => void signOut()),
  ];
}
