import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { healthSocket, type Layout } from '../layout.ts';
import { localApiUrl, reachable, type UpOptions } from '../options.ts';
import type { ComponentSpec } from './component.ts';
import { allowedFlags, ownAddresses } from './own-addresses.ts';
import { askHttp, askHttps, askSocket, socketIsHealthy } from './probe.ts';

const apps = fileURLToPath(new URL('../../..', import.meta.url));
const main = (app: string): string => join(apps, app, 'src/main.ts');

/** In the order in which they end. */
export const COMPONENT_NAMES = ['node-agent', 'console', 'controller-manager', 'apiserver'] as const;

/** Facts that only the start itself knows. */
export interface Wiring {
  readonly options: UpOptions;
  readonly layout: Layout;
  readonly databaseUrl: string;
  readonly nodeName: string;
  readonly nodeIp: string;
}

/** Pods and other nodes reach the API at this node's address, also when people reach it on loopback only. */
const apiAddresses = (bind: string, nodeIp: string): string[] =>
  bind === '127.0.0.1' && nodeIp !== bind ? [bind, nodeIp] : [bind];

/**
 * Memory that V8 may keep before it collects harder; measured with 3,000 pods. A larger young generation than 16 MB
 * saves next to no time and keeps three times its size.
 */
const node = (
  name: string,
  heapMb: number,
  args: readonly string[],
): Pick<ComponentSpec, 'command' | 'args'> => ({
  command: process.execPath,
  args: [
    `--max-old-space-size=${heapMb}`,
    '--max-semi-space-size=8',
    '--disable-warning=ExperimentalWarning',
    main(name),
    ...args,
  ],
});

/** The C library gives back what large answers took: by default it keeps an arena a thread and learns to keep more. */
const ALLOCATOR = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: String(1 << 20),
  MALLOC_MMAP_THRESHOLD_: String(1 << 20),
};

export function apiserverSpec(wiring: Wiring): ComponentSpec {
  const { options, layout } = wiring;
  const pki = (file: string): string => join(layout.pki, file);
  return {
    name: 'apiserver',
    ...node('apiserver', 4_096, [
      '--data',
      layout.data,
      '--bind-address',
      apiAddresses(options.bind, wiring.nodeIp).join(','),
      '--secure-port',
      String(options.apiPort),
      '--advertise-address',
      wiring.nodeIp,
      '--tls-cert-file',
      pki('apiserver.crt'),
      '--tls-private-key-file',
      pki('apiserver.key'),
      '--client-ca-file',
      pki('ca.crt'),
      '--service-account-key-file',
      pki('sa.pub'),
      '--service-account-signing-key-file',
      pki('sa.key'),
      '--service-account-issuer',
      'https://kubernetes.default.svc.cluster.local',
      '--service-cluster-ip-range',
      options.serviceCidr,
      '--kubelet-client-certificate',
      pki('kubelet-client.crt'),
      '--kubelet-client-key',
      pki('kubelet-client.key'),
      '--enable-bootstrap-token-auth',
      // About 30 µs of CPU a recorded request, Postgres included: see ADR 15.
      '--audit-database-days',
      '7',
      // Last, so that they win.
      ...options.apiserverFlags,
    ]),
    env: { DATABASE_URL: wiring.databaseUrl, ...ALLOCATOR },
    address: localApiUrl(options),
    check: async () =>
      (
        await askHttps(
          reachable(options.bind),
          options.apiPort,
          '/readyz',
          readFileSync(pki('ca.crt'), 'utf8'),
        )
      ).status === 200,
  };
}

export function controllerManagerSpec(wiring: Wiring): ComponentSpec {
  const { options, layout } = wiring;
  const socket = healthSocket(layout, 'controller-manager');
  return {
    name: 'controller-manager',
    ...node('controller-manager', 2_048, [
      '--kubeconfig',
      join(layout.kubeconfigs, 'controller-manager'),
      '--cluster-cidr',
      options.clusterCidr,
      '--service-cluster-ip-range',
      options.serviceCidr,
      '--allocate-node-cidrs',
      '--root-ca-file',
      join(layout.pki, 'ca.crt'),
      '--cluster-signing-cert-file',
      join(layout.pki, 'ca.crt'),
      '--cluster-signing-key-file',
      join(layout.pki, 'ca.key'),
      '--service-account-private-key-file',
      join(layout.pki, 'sa.key'),
      // Only a database that others share needs an election; alone, it would cost 15 s after a crash.
      `--leader-elect=${options.databaseUrl !== undefined}`,
      '--health-socket',
      socket,
      '--local-path-root',
      join(layout.data, 'volumes'),
      '--scheduler',
      '--scheduler-kubeconfig',
      join(layout.kubeconfigs, 'scheduler'),
      '--sync',
      '--sync-kubeconfig',
      join(layout.kubeconfigs, 'sync'),
      '--git-root',
      layout.git,
      '--git-socket',
      healthSocket(layout, 'git'),
      ...allowedFlags(options.syncAllowAddresses ?? ownAddresses()),
    ]),
    address: socket,
    // Pushes are answered by the sync, which starts last.
    check: async () =>
      (await socketIsHealthy(socket)) &&
      (await askSocket(healthSocket(layout, 'git'), '/healthz')).status > 0,
  };
}

export function consoleSpec(wiring: Wiring): ComponentSpec {
  const { options, layout } = wiring;
  return {
    name: 'console',
    command: process.execPath,
    args: [
      '--max-old-space-size=1024',
      join(apps, 'console/server/main.ts'),
      '--bind',
      // Plain HTTP, so never on an address that others reach.
      '127.0.0.1',
      '--port',
      String(options.consolePort),
      '--api-url',
      localApiUrl(options),
      '--ca-file',
      join(layout.pki, 'ca.crt'),
      '--git-socket',
      healthSocket(layout, 'git'),
    ],
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    address: `http://127.0.0.1:${options.consolePort}`,
    check: async () => (await askHttp('127.0.0.1', options.consolePort, '/healthz')).status === 200,
  };
}

export function nodeAgentSpec(wiring: Wiring, runtimeEndpoint: string): ComponentSpec {
  const { options, layout } = wiring;
  const socket = healthSocket(layout, 'node-agent');
  return {
    name: 'node-agent',
    ...node('node-agent', 2_048, [
      '--kubeconfig',
      join(layout.kubeconfigs, `node-${wiring.nodeName}`),
      '--node-name',
      wiring.nodeName,
      '--node-ip',
      wiring.nodeIp,
      '--root-dir',
      layout.node,
      '--container-runtime-endpoint',
      runtimeEndpoint,
      '--proxy-mode',
      options.proxyMode,
      '--cluster-cidr',
      options.clusterCidr,
      '--service-cluster-ip-range',
      options.serviceCidr,
      '--tls-cert-file',
      join(layout.pki, `node-${wiring.nodeName}.crt`),
      '--tls-private-key-file',
      join(layout.pki, `node-${wiring.nodeName}.key`),
      '--client-ca-file',
      join(layout.pki, 'ca.crt'),
      '--health-socket',
      socket,
    ]),
    address: `https://${wiring.nodeIp}:10250`,
    check: () => socketIsHealthy(socket),
    startTimeoutMs: 120_000,
  };
}

export function simulatedNodesSpec(wiring: Wiring): ComponentSpec {
  const count = wiring.options.simulatedNodes ?? 0;
  const socket = healthSocket(wiring.layout, 'node-agent');
  return {
    name: 'node-agent',
    ...node('node-agent', 2_048, [
      '--kubeconfig',
      join(wiring.layout.kubeconfigs, 'simulated-nodes'),
      '--simulated',
      String(count),
      '--health-socket',
      socket,
    ]),
    address: `${count} simulated nodes`,
    check: () => socketIsHealthy(socket),
  };
}
