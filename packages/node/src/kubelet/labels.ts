import { createHash } from 'node:crypto';
import type { Container } from '@gantry/api/generated/types';

/** What the agent writes on sandboxes and containers, so that it knows them again after a restart. */
export const POD_NAME = 'io.kubernetes.pod.name';
export const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
export const POD_UID = 'io.kubernetes.pod.uid';
export const CONTAINER_NAME = 'io.kubernetes.container.name';
export const CONTAINER_HASH = 'io.kubernetes.container.hash';
export const RESTART_COUNT = 'io.kubernetes.container.restartCount';
/** The CPU and memory that the container was made with. */
export const SIZING = 'gantry.dev/container.sizing';
export const TERMINATION_MESSAGE_PATH = 'io.kubernetes.container.terminationMessagePath';
export const TERMINATION_MESSAGE_POLICY = 'io.kubernetes.container.terminationMessagePolicy';
export const GRACE_PERIOD = 'io.kubernetes.pod.terminationGracePeriod';
export const PRE_STOP = 'io.kubernetes.container.preStopHandler';
/** Which Gantry (data folder) a sandbox belongs to, so that two on one runtime leave each other's alone. */
export const INSTANCE = 'gantry.dev/instance';

/** The value of that label, from the agent's root folder: a valid label value of at most 60 characters. */
export const instanceOf = (rootDir: string): string =>
  rootDir
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(-60)
    .replace(/^[^A-Za-z0-9]+/, '');

/** Changes when the container must be made anew: only name and image can change in a running pod's spec. */
export function containerHash(container: Pick<Container, 'name' | 'image'>): string {
  return createHash('sha256')
    .update(JSON.stringify([container.name, container.image ?? '']))
    .digest('hex')
    .slice(0, 8);
}
