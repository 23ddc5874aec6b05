import type { Container, Pod } from '@gantry/api/generated/types';
import type { ContainerStateName, ContainerStatus, PodSandboxStatus } from '../cri/types.ts';
import { CONTAINER_HASH, CONTAINER_NAME, containerHash, RESTART_COUNT } from './labels.ts';
import type { RuntimePod } from './runtime-state.ts';

/** Builders for tests of what is computed from a pod and the runtime's state. */

const NANOS = 1_000_000n;

export function testPod(spec: Partial<Pod['spec']> & { readonly containers: Container[] }): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'ns', uid: 'u', generation: 1, resourceVersion: '1' },
    spec,
  };
}

export function testContainer(
  name: string,
  state: ContainerStateName,
  more: { readonly exitCode?: number; readonly attempt?: number; readonly finishedMs?: number } = {},
): ContainerStatus {
  const attempt = more.attempt ?? 0;
  const at = String(1_700_000_000_000n * NANOS + BigInt(attempt) * NANOS);
  return {
    id: `${name}-${attempt}`,
    metadata: { name, attempt },
    state,
    createdAt: at,
    startedAt: state === 'CONTAINER_CREATED' ? '0' : at,
    finishedAt:
      state === 'CONTAINER_EXITED' ? String(BigInt(more.finishedMs ?? 1_700_000_001_000) * NANOS) : '0',
    exitCode: more.exitCode ?? 0,
    image: { image: 'docker.io/library/busybox:1.35' },
    imageRef: 'docker.io/library/busybox@sha256:0',
    reason: state === 'CONTAINER_EXITED' ? (more.exitCode === 0 ? 'Completed' : 'Error') : '',
    message: '',
    labels: { [CONTAINER_NAME]: name },
    annotations: { [CONTAINER_HASH]: containerHash({ name }), [RESTART_COUNT]: String(attempt) },
    mounts: [],
    logPath: '',
  };
}

export function testSandbox(
  state: PodSandboxStatus['state'] = 'SANDBOX_READY',
  attempt = 0,
): PodSandboxStatus {
  return {
    id: `sandbox-${attempt}`,
    metadata: { name: 'p', uid: 'u', namespace: 'ns', attempt },
    state,
    createdAt: '1',
    labels: {},
    annotations: {},
    network: { ip: '10.1.1.1', additionalIps: [] },
    linux: null,
  };
}

/** Containers newest first. */
export const testRuntime = (containers: ContainerStatus[], sandboxes = [testSandbox()]): RuntimePod => ({
  uid: 'u',
  name: 'p',
  namespace: 'ns',
  sandboxes,
  containers,
});
