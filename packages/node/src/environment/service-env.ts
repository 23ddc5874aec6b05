import type { Service } from '@gantry/api/generated/types';

const upper = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/**
 * The Docker-links variables of Services: those of the pod's namespace when it asks for links, and always those of
 * `default/kubernetes`. https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
 */
export function serviceEnvironment(
  services: readonly Service[],
  namespace: string,
  enableServiceLinks: boolean,
): Map<string, string> {
  const chosen = new Map<string, Service>();
  for (const service of services) {
    const { name } = service.metadata;
    const ip = service.spec.clusterIP;
    if (ip === undefined || ip === '' || ip === 'None') continue;
    const isOwn = service.metadata.namespace === namespace && enableServiceLinks;
    const isMaster = service.metadata.namespace === 'default' && name === 'kubernetes';
    if (isOwn || (isMaster && !chosen.has(name))) chosen.set(name, service);
  }
  const variables = new Map<string, string>();
  for (const service of chosen.values()) addService(variables, service);
  return variables;
}

function addService(variables: Map<string, string>, service: Service): void {
  const prefix = upper(service.metadata.name);
  const ip = service.spec.clusterIP ?? '';
  const ports = service.spec.ports ?? [];
  const [first] = ports;
  if (first === undefined) return;
  variables.set(`${prefix}_SERVICE_HOST`, ip);
  variables.set(`${prefix}_SERVICE_PORT`, String(first.port));
  for (const { name, port } of ports) {
    if (name !== undefined && name !== '')
      variables.set(`${prefix}_SERVICE_PORT_${upper(name)}`, String(port));
  }
  for (const [index, { port, protocol = 'TCP' }] of ports.entries()) {
    const kind = protocol.toLowerCase();
    const url = `${kind}://${ip}:${port}`;
    const link = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
    if (index === 0) variables.set(`${prefix}_PORT`, url);
    variables.set(link, url);
    variables.set(`${link}_PROTO`, kind);
    variables.set(`${link}_PORT`, String(port));
    variables.set(`${link}_ADDR`, ip);
  }
}
