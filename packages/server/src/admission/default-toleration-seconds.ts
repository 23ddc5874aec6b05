import type { Pod, Toleration } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../request.ts';
import { isResource } from './denial.ts';

const KEYS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'] as const;
const SECONDS = 300;

const tolerates = ({ key = '', effect = '' }: Toleration, taint: string): boolean =>
  (key === taint || key === '') && (effect === 'NoExecute' || effect === '');

/** A pod stays for five minutes on a node that fails, unless it says otherwise. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  mutate({ object }) {
    const pod = object as unknown as Pod;
    for (const key of KEYS) {
      if (pod.spec.tolerations?.some((toleration) => tolerates(toleration, key))) continue;
      pod.spec.tolerations ??= [];
      pod.spec.tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS });
    }
  },
};
