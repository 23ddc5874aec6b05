'use client';

import dynamic from 'next/dynamic';
import type { Text } from '../../i18n/text.ts';
import type { ObjectRef } from '../../lib/paths.ts';
import type { ServedKind } from '../../lib/queries.ts';
import { NodePods } from '../node/node-pods.tsx';
import { Logs } from '../pod/logs.tsx';
import { ObjectChanges } from '../time/object-changes.tsx';
import { Skeleton } from '../ui/notice.tsx';
import type { Tab } from '../ui/tabs.tsx';
import { Revisions } from '../workload/revisions.tsx';
import { WorkloadLogs } from '../workload/workload-logs.tsx';
import { WorkloadPods } from '../workload/workload-pods.tsx';
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

const WORKLOADS = /^(apps\/(deployments|statefulsets|daemonsets|replicasets)|batch\/jobs)$/;
/** Those that keep earlier pod templates. */
const REVISED = /^apps\/(deployments|statefulsets|daemonsets)$/;

const isCore = ({ resource }: ObjectRef, plural: string): boolean =>
  resource.group === '' && resource.plural === plural;

/** The views of an object, by its kind; called in words of `t`. */
export function tabsFor({ objectRef, object, kind }: TabInput, t: Text<'objects'>): Tab[] {
  const summary: Tab = {
    id: 'summary',
    label: t('tabs.summary'),
    content: () => <Summary objectRef={objectRef} object={object} />,
  };
  const pod: Tab[] = [
    { id: 'logs', label: t('tabs.logs'), content: () => <Logs objectRef={objectRef} pod={object} /> },
    { id: 'shell', label: t('tabs.shell'), content: () => <Shell objectRef={objectRef} pod={object} /> },
  ];
  const node: Tab[] = [
    { id: 'pods', label: t('tabs.pods'), content: () => <NodePods node={objectRef.name} /> },
  ];
  const path = `${objectRef.resource.group}/${objectRef.resource.plural}`;
  const workload: Tab[] = [
    { id: 'pods', label: t('tabs.pods'), content: () => <WorkloadPods objectRef={objectRef} /> },
    { id: 'logs', label: t('tabs.logs'), content: () => <WorkloadLogs objectRef={objectRef} /> },
  ];
  const revised: Tab[] = [
    { id: 'revisions', label: t('tabs.revisions'), content: () => <Revisions objectRef={objectRef} /> },
  ];
  return [
    summary,
    ...(WORKLOADS.test(path) ? workload : []),
    ...(REVISED.test(path) ? revised : []),
    ...(isCore(objectRef, 'pods') ? pod : []),
    ...(isCore(objectRef, 'nodes') ? node : []),
    { id: 'yaml', label: t('tabs.yaml'), content: () => <YamlTab objectRef={objectRef} kind={kind} /> },
    {
      id: 'events',
      label: t('tabs.events'),
      content: () => <Events namespace={objectRef.namespace} kind={kind?.kind ?? ''} name={objectRef.name} />,
    },
    { id: 'changes', label: t('tabs.changes'), content: () => <ObjectChanges objectRef={objectRef} /> },
  ];
}
