import type { Binding, Node, Pod } from '@gantry/api/generated/types';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { isResource } from './denial.ts';

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region'];

function topologyOf({ state }: AdmissionRequest, name: string | undefined): Record<string, string> {
  const node = name ? readObject<Node>(state, 'nodes', '', name) : undefined;
  const labels = node?.metadata.labels ?? {};
  return Object.fromEntries(
    LABELS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])),
  ) as Record<string, string>;
}

/** A pod carries the zone and region of the node that it is put on; through its binding, mostly. */
export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') &&
    operation === 'CREATE' &&
    (subresource === '' || subresource === 'binding'),
  mutate(request) {
    const bound = request.attributes.subresource === 'binding';
    const { target } = request.object as unknown as Binding;
    if (bound && target?.kind !== 'Node') return;
    const name = bound ? target?.name : (request.object as unknown as Pod).spec.nodeName;
    const labels = topologyOf(request, name);
    if (Object.keys(labels).length === 0) return;
    const { metadata } = request.object as unknown as Pod;
    metadata.labels = { ...metadata.labels, ...labels };
  },
};
