import type { Node } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../request.ts';
import { isResource } from './denial.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';

/** A new node takes no pods until it has said that it is ready: the node lifecycle controller lifts the taint. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'nodes') && operation === 'CREATE' && subresource === '',
  mutate({ object }) {
    const node = object as unknown as Node;
    node.spec ??= {};
    node.spec.taints ??= [];
    if (node.spec.taints.some(({ key, effect }) => key === NOT_READY && effect === 'NoSchedule')) return;
    node.spec.taints.push({ key: NOT_READY, effect: 'NoSchedule' });
  },
};
