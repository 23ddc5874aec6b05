'use client';

import dynamic from 'next/dynamic';
import type { ObjectRef } from '../../lib/paths.ts';
import type { ServedKind } from '../../lib/queries.ts';
import { NodePods } from '../node/node-pods.tsx';
import { Logs } from '../pod/logs.tsx';
import { Skeleton } from '../ui/notice.tsx';
import type { Tab } from '../ui/tabs.tsx';
import { Events } from './events.tsx';
import { Summary } from './summary.tsx';

// Heavy parts come when their tab is opened.
const YamlTab = dynamic(() => import('../editor/yaml-tab.tsx').then((module) => module.YamlTab), {
  ssr: false,
  loading: () => <Skeleton lines={12} />,
});
const Shell = dynamic(() => import('../pod/pod-shell.tsx').then((module) => module.PodShell), {
  ssr: false,
  loading: () => <Skeleton lines={6} />,
});

export interface TabInput {
  readonly objectRef: ObjectRef;
  readonly object: unknown;
  readonly kind: ServedKind | undefined;
}

const isCore = ({ resource }: ObjectRef, plural: string): boolean =>
  resource.group === '' && resource.plural === plural;

/** The views of an object, by its kind. */
export function tabsFor({ objectRef, object, kind }: TabInput): Tab[] {
  const summary: Tab = {
    id: 'summary',
    label: 'Summary',
    content: () => <Summary objectRef={objectRef} object={object} />,
  };
  const pod: Tab[] = [
    { id: 'logs', label: 'Logs', content: () => <Logs objectRef={objectRef} pod={object} /> },
    { id: 'shell', label: 'Shell', content: () => <Shell objectRef={objectRef} pod={object} /> },
  ];
  const node: Tab[] = [{ id: 'pods', label: 'Pods', content: () => <NodePods node={objectRef.name} /> }];
  return [
    summary,
    ...(isCore(objectRef, 'pods') ? pod : []),
    ...(isCore(objectRef, 'nodes') ? node : []),
    { id: 'yaml', label: 'YAML', content: () => <YamlTab objectRef={objectRef} kind={kind} /> },
    {
      id: 'events',
      label: 'Events',
      content: () => <Events namespace={objectRef.namespace} kind={kind?.kind ?? ''} name={objectRef.name} />,
    },
  ];
}
