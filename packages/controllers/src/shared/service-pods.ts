import type { Pod, Service, ServicePort } from '@gantry/api/generated/types';
import { pods, services } from '@gantry/client/resources';
import type { ControllerContext } from '@gantry/runtime/port';
import { matchesLabels } from './labels.ts';

/** Keys of the Services that select the pod, as it is or as it was. */
export function serviceKeys(pod: Pod, old: Pod | undefined, context: ControllerContext): string[] {
  if (old !== undefined && !matters(pod, old)) return [];
  const selects = (service: Service, one: Pod) =>
    service.spec.selector !== undefined && matchesLabels(service.spec.selector, one.metadata.labels);
  return context.informers
    .informer(services)
    .list(pod.metadata.namespace)
    .filter((service) => selects(service, pod) || (old !== undefined && selects(service, old)))
    .map((service) => `${service.metadata.namespace}/${service.metadata.name}`);
}

/** Whether a change of a pod can change an endpoint. */
function matters(pod: Pod, old: Pod): boolean {
  const facts = (one: Pod) =>
    JSON.stringify([
      one.metadata.labels,
      one.metadata.deletionTimestamp,
      one.spec.nodeName,
      one.status?.phase,
      one.status?.podIPs,
      one.status?.podIP,
      one.status?.conditions?.find((condition) => condition.type === 'Ready')?.status,
    ]);
  return facts(pod) !== facts(old);
}

export function podsOf(service: Service, context: ControllerContext): readonly Pod[] {
  return context.informers
    .informer(pods)
    .list(service.metadata.namespace)
    .filter((pod) => matchesLabels(service.spec.selector, pod.metadata.labels));
}

export const podIps = (pod: Pod): readonly string[] => {
  const ips = (pod.status?.podIPs ?? []).flatMap(({ ip }) => (ip === undefined ? [] : [ip]));
  return ips.length > 0 ? ips : pod.status?.podIP ? [pod.status.podIP] : [];
};

/** The container port that a Service's port leads to in this pod; undefined when a named port is not there. */
export function targetPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target === 0 ? port.port : target;
  const protocol = port.protocol ?? 'TCP';
  const sidecars = (pod.spec.initContainers ?? []).filter(
    (container) => container.restartPolicy === 'Always',
  );
  for (const container of [...pod.spec.containers, ...sidecars])
    for (const one of container.ports ?? [])
      if (one.name === target && (one.protocol ?? 'TCP') === protocol) return one.containerPort;
  return /^\d+$/.test(target) ? Number(target) : undefined;
}

export const isHeadless = (service: Service): boolean =>
  service.spec.clusterIP === 'None' || !service.spec.clusterIP;

/** The pod's name within the Service's domain, if it asks for one there. */
export const endpointHostname = (pod: Pod, service: Service): string | undefined =>
  pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined;
