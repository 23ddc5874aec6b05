import type { Pod, Toleration } from '@gantry/api/generated/types';
import type { AdmissionPlugin } from '../request.ts';
import { isResource } from './denial.ts';

const SECONDS = 300;

export interface TolerationSeconds {
  /** How long a pod stays on a node that is not ready. */
  readonly notReady?: number;
  readonly unreachable?: number;
}

const tolerates = ({ key = '', effect = '' }: Toleration, taint: string): boolean =>
  (key === taint || key === '') && (effect === 'NoExecute' || effect === '');

/** A pod stays for five minutes on a node that fails, unless it, or the operator, says otherwise. */
export function createDefaultTolerationSeconds({
  notReady = SECONDS,
  unreachable = SECONDS,
}: TolerationSeconds = {}): AdmissionPlugin {
  const defaults = [
    ['node.kubernetes.io/not-ready', notReady],
    ['node.kubernetes.io/unreachable', unreachable],
  ] as const;
  return {
    name: 'DefaultTolerationSeconds',
    handles: (kind, operation, subresource) =>
      isResource(kind, '', 'pods') &&
      subresource === '' &&
      (operation === 'CREATE' || operation === 'UPDATE'),
    mutate({ object }) {
      const pod = object as unknown as Pod;
      for (const [key, tolerationSeconds] of defaults) {
        if (pod.spec.tolerations?.some((toleration) => tolerates(toleration, key))) continue;
        pod.spec.tolerations ??= [];
        pod.spec.tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds });
      }
    },
  };
}
