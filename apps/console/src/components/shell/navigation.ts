import type { ResourceRef } from '../../lib/paths.ts';
import type { en } from '../../messages/en.ts';

type Entry = ResourceRef & { readonly plural: keyof typeof en.shell.entries };

export interface Section {
  readonly id: keyof typeof en.shell.sections;
  readonly entries: readonly Entry[];
}

const entry = (plural: Entry['plural'], group = '', version = 'v1'): Entry => ({ group, version, plural });

/** The kinds that people look at most; all others stand under "All kinds". */
export const SECTIONS: readonly Section[] = [
  { id: 'cluster', entries: [entry('nodes'), entry('namespaces')] },
  {
    id: 'workloads',
    entries: [
      entry('pods'),
      entry('deployments', 'apps'),
      entry('statefulsets', 'apps'),
      entry('daemonsets', 'apps'),
      entry('jobs', 'batch'),
      entry('cronjobs', 'batch'),
    ],
  },
  {
    id: 'network',
    entries: [
      entry('services'),
      entry('ingresses', 'networking.k8s.io'),
      entry('networkpolicies', 'networking.k8s.io'),
    ],
  },
  {
    id: 'configuration',
    entries: [entry('configmaps'), entry('secrets'), entry('persistentvolumeclaims')],
  },
  { id: 'git', entries: [entry('repositories', 'gitops.gantry.dev', 'v1alpha1')] },
];
