import type { Pod } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../../request.ts';
import { denied, isResource } from '../denial.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/** Hard anti-affinity over more than a node could keep all others off the cluster. */
export const limitPodHardAntiAffinityTopology: AdmissionPlugin = {
  name: 'LimitPodHardAntiAffinityTopology',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  validate(request) {
    const { affinity } = (request.object as unknown as Pod).spec;
    for (const { topologyKey } of affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ??
      [])
      if (topologyKey !== HOSTNAME)
        throw denied(
          request,
          `affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey ${topologyKey} but only key ${HOSTNAME} is allowed`,
        );
  },
};
