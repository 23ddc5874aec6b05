import type { Pod } from '@gantry/api/generated/types';
import { badRequest, notFound } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { StateReader } from '../request.ts';

/** The pod of a request. Throws NotFound. */
export function findPod(state: StateReader, namespace: string, name: string): Pod {
  const pod = readObject<Pod>(state, 'pods', namespace, name);
  if (pod === undefined) throw notFound({ group: '', resource: 'pods' }, name);
  return pod;
}

/** The container asked for, or the only one. Throws BadRequest, worded as clients know it. */
export function chooseContainer(pod: Pod, asked: string): string {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const names = [...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name);
  if (asked !== '') {
    if (names.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${pod.metadata.name}`);
  }
  const [only, second] = containers;
  if (only !== undefined && second === undefined) return only.name;
  const must = `a container name must be specified for pod ${pod.metadata.name}`;
  throw badRequest(only === undefined ? must : `${must}, choose one of: [${names.join(' ')}]`);
}

/** The node that runs the pod. Throws BadRequest while there is none. */
export function requireNode(pod: Pod): string {
  if (!pod.spec.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return pod.spec.nodeName;
}
