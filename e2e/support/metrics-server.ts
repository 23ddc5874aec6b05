import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import type { Kubectl } from './kubectl.ts';

const WAIT_MS = 60_000;

type Amounts = Readonly<Record<string, string>>;

/** What is used, as a metrics server would know it. */
export interface Figures {
  readonly node: Amounts;
  readonly pods: Readonly<Record<string, Amounts>>;
}

/** The API of metrics.k8s.io on loopback, as an APIService; `close` takes it away again. */
export async function startMetricsServer(
  k: Kubectl,
  place: { readonly namespace: string; readonly node: string },
  figures: () => Figures,
): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-metrics-'));
  const file = (name: string): string => join(folder, name);
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=metrics'];
  execFileSync('openssl', [...request, '-keyout', file('key'), '-out', file('crt')], { stdio: 'ignore' });
  const answers = (path: string): object => {
    const { node, pods } = figures();
    const nodeMetrics = { metadata: { name: place.node }, usage: node };
    if (path.endsWith('/nodes')) return { kind: 'NodeMetricsList', items: [nodeMetrics] };
    if (path.endsWith(`/nodes/${place.node}`)) return { kind: 'NodeMetrics', ...nodeMetrics };
    if (!path.endsWith('/pods')) return { kind: 'APIResourceList', groupVersion: 'metrics.k8s.io/v1beta1' };
    const items = Object.entries(pods).map(([name, usage]) => ({
      metadata: { name, namespace: place.namespace },
      containers: [{ name: 'main', usage }],
    }));
    return { kind: 'PodMetricsList', items };
  };
  const server = createServer(
    { key: readFileSync(file('key')), cert: readFileSync(file('crt')) },
    ({ url = '' }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const body = answers(url.split('?')[0] ?? '');
      response.end(JSON.stringify({ apiVersion: 'metrics.k8s.io/v1beta1', resources: [], ...body }));
    },
  );
  rmSync(folder, { recursive: true, force: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  k.input(manifests(place, port), 'apply', '-f', '-');
  // Not by kubectl's own waiting, which would keep this process from answering.
  await eventually(() => {
    const wanted = '{.status.conditions[?(@.type=="Available")].status}';
    const available = k('get', 'apiservice', 'v1beta1.metrics.k8s.io', '-o', `jsonpath=${wanted}`);
    if (available !== 'True') throw new Error('metrics.k8s.io is not available');
  }, WAIT_MS);
  return () => {
    k('delete', 'apiservice', 'v1beta1.metrics.k8s.io');
    server.closeAllConnections();
    server.close();
  };
}

const manifests = ({ namespace }: { readonly namespace: string }, port: number): string => `
apiVersion: v1
kind: Service
metadata: {name: metrics, namespace: ${namespace}}
spec: {type: ExternalName, externalName: localhost}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  service: {name: metrics, namespace: ${namespace}, port: ${port}}
  insecureSkipTLSVerify: true
  groupPriorityMinimum: 100
  versionPriority: 100
`;
