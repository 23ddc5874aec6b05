import { isIPv4, isIPv6 } from 'node:net';
import type { Endpoints, Service } from '@gantry/api/generated/types';
import { badRequest, notFound, serviceUnavailable } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { StateReader } from '../request.ts';
import { findPod } from './pod-target.ts';

/** Where a proxied request goes, but for its path. */
export interface ProxyAddress {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
}

/** `name`, `name:port` or `scheme:name:port`. Undefined when it is none of these. */
export function splitSchemeNamePort(
  id: string,
): { readonly protocol: 'http:' | 'https:'; readonly name: string; readonly port: string } | undefined {
  const parts = id.split(':');
  const [first = '', second = '', third = ''] = parts;
  if (parts.length > 3) return undefined;
  const [scheme, name, port] = parts.length === 3 ? [first, second, third] : ['', first, second];
  if (name === '' || !['', 'http', 'https'].includes(scheme)) return undefined;
  return { protocol: scheme === 'https' ? 'https:' : 'http:', name, port };
}

/** An address that can be a pod's or a node's: the API server must not be made to speak to itself or to link-local services. */
export function isProxyable(ip: string): boolean {
  if (isIPv4(ip)) {
    const [a = 0, b = 0] = ip.split('.').map(Number);
    return a !== 0 && a !== 127 && a < 224 && !(a === 169 && b === 254);
  }
  if (!isIPv6(ip)) return false;
  const text = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  return text !== '::' && text !== '::1' && !/^(fe[89ab]|ff|::ffff:)/.test(text);
}

function demandProxyable(ip: string | undefined): string {
  if (ip === undefined || !isProxyable(ip)) throw badRequest('address not allowed');
  return ip;
}

/** Target of `pods/ID/proxy`: the port named, or the first that the pod declares, or 80. */
export function podProxyAddress(state: StateReader, namespace: string, id: string): ProxyAddress {
  const parts = splitSchemeNamePort(id);
  if (parts === undefined) throw badRequest(`invalid pod request ${JSON.stringify(id)}`);
  const pod = findPod(state, namespace, parts.name);
  const declared = pod.spec.containers.flatMap(({ ports = [] }) => ports).at(0)?.containerPort;
  const port = parts.port === '' ? (declared ?? 80) : Number(parts.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw badRequest(`invalid pod request ${JSON.stringify(id)}`);
  }
  return { protocol: parts.protocol, host: demandProxyable(pod.status?.podIP), port };
}

/** Target of `services/ID/proxy`: an endpoint that is a pod of the namespace, picked at random. */
export function serviceProxyAddress(
  state: StateReader,
  namespace: string,
  id: string,
  random: () => number,
): ProxyAddress {
  const parts = splitSchemeNamePort(id);
  if (parts === undefined) throw badRequest(`invalid service request ${JSON.stringify(id)}`);
  const { name, protocol } = parts;
  let portName = parts.port;
  if (/^\d+$/.test(portName)) {
    const service = readObject<Service>(state, 'services', namespace, name);
    if (service === undefined) throw notFound({ group: '', resource: 'services' }, name);
    const port = service.spec?.ports?.find((one) => one.port === Number(portName));
    if (port === undefined) {
      throw serviceUnavailable(`no service port ${portName} found for service ${JSON.stringify(name)}`);
    }
    portName = port.name ?? '';
  }
  const endpoints = readObject<Endpoints>(state, 'endpoints', namespace, name);
  if (endpoints === undefined) throw notFound({ group: '', resource: 'services' }, name);
  const candidates = (endpoints.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    ports
      .filter((port) => (port.name ?? '') === portName)
      .flatMap(({ port }) =>
        addresses
          .filter(
            ({ ip, targetRef }) =>
              targetRef?.kind === 'Pod' && targetRef.namespace === namespace && isProxyable(ip),
          )
          .map(({ ip }) => ({ protocol, host: ip, port })),
      ),
  );
  const chosen = candidates[Math.floor(random() * candidates.length)];
  if (chosen === undefined) {
    throw serviceUnavailable(
      `no endpoints available for service ${JSON.stringify(parts.port === '' ? name : id)}`,
    );
  }
  return chosen;
}
