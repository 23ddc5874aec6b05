import type { Pod } from '@gantry/api/generated/types';
import type { Container } from '../cri/types.ts';
import { CONTAINER_NAME } from '../kubelet/labels.ts';
import { ownerOf } from '../kubelet/runtime-state.ts';

/** `/runningpods/`: the pods of which something runs, by the runtime's own word, with what runs of them. */
export function runningPods(containers: readonly Container[]): Pod[] {
  const pods = new Map<string, Pod>();
  for (const container of containers) {
    const owner = ownerOf(container);
    if (owner === undefined || container.state !== 'CONTAINER_RUNNING') continue;
    const { uid, name, namespace } = owner;
    const known = pods.get(uid);
    const pod: Pod = known ?? ({ metadata: { name, namespace, uid }, spec: { containers: [] } } as never);
    pod.spec.containers.push({
      name: container.labels[CONTAINER_NAME] ?? '',
      image: container.image?.image ?? '',
    });
    pods.set(uid, pod);
  }
  return [...pods.values()];
}
