import type { Container, EphemeralContainer, Pod, PodSpec } from '@gantry/api/generated/types';

/** A container of any of the three lists. */
export type AnyContainer = Container | EphemeralContainer;

export const uidOf = (pod: Pod): string => pod.metadata.uid ?? '';
export const namespaceOf = (pod: Pod): string => pod.metadata.namespace ?? 'default';
/** `name_namespace(uid)`, the way events and logs name a pod. */
export const describePod = (pod: Pod): string => `${pod.metadata.name}_${namespaceOf(pod)}(${uidOf(pod)})`;

export const initContainers = (spec: PodSpec): readonly Container[] => spec.initContainers ?? [];
export const ephemeralContainers = (spec: PodSpec): readonly EphemeralContainer[] =>
  spec.ephemeralContainers ?? [];

/** An init container that goes on beside the others. */
export const isSidecar = (container: AnyContainer): boolean =>
  'restartPolicy' in container && container.restartPolicy === 'Always';

export const allContainers = (spec: PodSpec): readonly AnyContainer[] => [
  ...initContainers(spec),
  ...spec.containers,
  ...ephemeralContainers(spec),
];

export function findContainer(spec: PodSpec, name: string): AnyContainer | undefined {
  return allContainers(spec).find((container) => container.name === name);
}

/** What the pod's containers want of the node's own ports. */
export function hostPortsOf(pod: Pod) {
  return [...initContainers(pod.spec), ...pod.spec.containers].flatMap((container) =>
    (container.ports ?? [])
      .filter(({ hostPort }) => hostPort !== undefined && hostPort > 0)
      .map(({ hostPort = 0, containerPort, hostIP = '', protocol = 'TCP' }) => ({
        hostIp: hostIP,
        hostPort,
        containerPort,
        protocol: protocol as 'TCP' | 'UDP' | 'SCTP',
      })),
  );
}

/** Sidecars and regular containers: those whose readiness is the pod's. */
export const longRunning = (spec: PodSpec): readonly Container[] => [
  ...initContainers(spec).filter(isSidecar),
  ...spec.containers,
];

export const gracePeriodOf = (pod: Pod): number =>
  pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;

export const isTerminalPhase = (phase: string | undefined): boolean =>
  phase === 'Succeeded' || phase === 'Failed';

/** Whether a container that ended is started again, by its own rules, then the pod's. */
export function restartsAfter(pod: Pod, container: AnyContainer, exitCode: number): boolean {
  if (ephemeralContainers(pod.spec).some((other) => other.name === container.name)) return false;
  if ('restartPolicyRules' in container) {
    for (const rule of container.restartPolicyRules ?? []) {
      const values = rule.exitCodes?.values ?? [];
      const isIn = values.includes(exitCode);
      if ((rule.exitCodes?.operator === 'NotIn' ? !isIn : isIn) && rule.action === 'Restart') return true;
    }
  }
  const isInit = initContainers(pod.spec).some((other) => other.name === container.name);
  const own = 'restartPolicy' in container ? container.restartPolicy : undefined;
  const policy = own ?? pod.spec.restartPolicy ?? 'Always';
  if (policy === 'Never') return false;
  if (policy === 'OnFailure' || (isInit && own !== 'Always')) return exitCode !== 0;
  return true;
}
