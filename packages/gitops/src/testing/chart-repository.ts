import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Helm repository with one chart, `demo`, whose ConfigMap `demo` holds its version. */
export interface ChartRepository {
  readonly url: string;
  publish(version: string): Promise<void>;
  close(): Promise<void>;
}

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata: {name: demo}
data: {key: {{ .Chart.Version | quote }}}
`;

export async function startChartRepository(): Promise<ChartRepository> {
  const root = await mkdtemp(join(tmpdir(), 'gantry-charts-'));
  const versions: string[] = [];
  const server = createServer((request, response) => {
    const [, archive] = /^\/(demo-[\d.]+\.tgz)$/.exec(request.url ?? '') ?? [];
    if (request.url === '/index.yaml') {
      const entries = versions.map((version) => ({
        apiVersion: 'v2',
        name: 'demo',
        version,
        urls: [`demo-${version}.tgz`],
      }));
      response.end(JSON.stringify({ apiVersion: 'v1', entries: { demo: entries } }));
    } else if (archive === undefined) response.writeHead(404).end();
    else
      readFile(join(root, archive)).then(
        (content) => response.end(content),
        () => response.writeHead(404).end(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async publish(version) {
      const folder = join(root, version, 'demo');
      await mkdir(join(folder, 'templates'), { recursive: true });
      await writeFile(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: demo\nversion: ${version}\n`);
      await writeFile(join(folder, 'templates/map.yaml'), TEMPLATE);
      spawnSync('tar', ['-czf', join(root, `demo-${version}.tgz`), '-C', join(folder, '..'), 'demo']);
      versions.push(version);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
}
