import { isIPv4 } from 'node:net';
import type { EndpointSlice, Endpoints, Service } from '@gantry/api/generated/types';

export interface ApiServerAddress {
  /** IPv4 range of cluster IPs, e.g. 10.96.0.0/12. */
  readonly serviceCidr: string;
  /** Address under which pods and nodes reach this API server. */
  readonly advertiseAddress: string;
  readonly securePort: number;
}

/** First usable address of an IPv4 range: that of the Service `kubernetes`. Throws when the text is no such range. */
export function firstServiceIp(cidr: string): string {
  const [base = '', bits = ''] = cidr.split('/');
  const prefix = Number(bits);
  if (!isIPv4(base) || !/^\d+$/.test(bits) || prefix > 30) {
    throw new Error(
      `service CIDR ${JSON.stringify(cidr)}: give an IPv4 range of at least four addresses, such as 10.96.0.0/12`,
    );
  }
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = number - (number % 2 ** (32 - prefix)) + 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

const METADATA = { name: 'kubernetes', namespace: 'default' };

export function kubernetesService({ serviceCidr, securePort }: ApiServerAddress): Service {
  const clusterIP = firstServiceIp(serviceCidr);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...METADATA, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: securePort }],
    },
  };
}

export const kubernetesEndpoints = ({ advertiseAddress, securePort }: ApiServerAddress): Endpoints => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { ...METADATA, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  subsets: [
    { addresses: [{ ip: advertiseAddress }], ports: [{ name: 'https', port: securePort, protocol: 'TCP' }] },
  ],
});

export const kubernetesEndpointSlice = ({
  advertiseAddress,
  securePort,
}: ApiServerAddress): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { ...METADATA, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [advertiseAddress], conditions: { ready: true } }],
  ports: [{ name: 'https', port: securePort, protocol: 'TCP' }],
});
