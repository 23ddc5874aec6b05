import type { ResourceRef } from '../../lib/paths.ts';

interface Entry {
  readonly label: string;
  readonly resource: ResourceRef;
}

export interface Section {
  readonly label: string;
  readonly entries: readonly Entry[];
}

const entry = (label: string, plural: string, group = '', version = 'v1'): Entry => ({
  label,
  resource: { group, version, plural },
});

/** The kinds that people look at most; all others stand under "All kinds". */
export const SECTIONS: readonly Section[] = [
  {
    label: 'Cluster',
    entries: [entry('Nodes', 'nodes'), entry('Namespaces', 'namespaces'), entry('Events', 'events')],
  },
  {
    label: 'Workloads',
    entries: [
      entry('Pods', 'pods'),
      entry('Deployments', 'deployments', 'apps'),
      entry('StatefulSets', 'statefulsets', 'apps'),
      entry('DaemonSets', 'daemonsets', 'apps'),
      entry('Jobs', 'jobs', 'batch'),
      entry('CronJobs', 'cronjobs', 'batch'),
    ],
  },
  {
    label: 'Network',
    entries: [
      entry('Services', 'services'),
      entry('Ingresses', 'ingresses', 'networking.k8s.io'),
      entry('NetworkPolicies', 'networkpolicies', 'networking.k8s.io'),
    ],
  },
  {
    label: 'Configuration',
    entries: [
      entry('ConfigMaps', 'configmaps'),
      entry('Secrets', 'secrets'),
      entry('Volume claims', 'persistentvolumeclaims'),
    ],
  },
  {
    label: 'Git',
    entries: [entry('Repositories', 'repositories', 'gitops.gantry.dev', 'v1alpha1')],
  },
];
