import type { Pod, Toleration } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../../request.ts';
import { isResource } from '../denial.ts';

/** `example.com/device`: in a domain that is not Kubernetes' own. */
const isExtended = (name: string): boolean => {
  const slash = name.indexOf('/');
  return slash > 0 && !/(^|\.)kubernetes\.io$/.test(name.slice(0, slash)) && !name.startsWith('requests.');
};

/** A pod that asks for a device tolerates the taint that keeps others off its nodes. */
export const extendedResourceToleration: AdmissionPlugin = {
  name: 'ExtendedResourceToleration',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  mutate({ object }) {
    const { spec } = object as unknown as Pod;
    const names = [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      Object.keys(resources?.requests ?? {}).filter(isExtended),
    );
    for (const key of [...new Set(names)].sort()) {
      const has = ({ key: own, operator, effect }: Toleration): boolean =>
        own === key && operator === 'Exists' && effect === 'NoSchedule';
      if (spec.tolerations?.some(has) === true) continue;
      spec.tolerations ??= [];
      spec.tolerations.push({ key, operator: 'Exists', effect: 'NoSchedule' });
    }
  },
};
