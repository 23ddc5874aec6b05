import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CHART } from './helm-fixture.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/**
 * A Helm repository below /charts, as much of a registry as a pull needs below /v2/oci, and both again as `closed`, for
 * ann with `pass word` alone.
 */
export class ChartServer {
  /** `127.0.0.1:PORT` */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Paths that were asked for. */
  readonly requests: string[] = [];
  /** Answers 503 to all. */
  isAway = false;
  readonly #folder: string;
  readonly #chart: Readonly<Record<string, string>>;
  readonly #tags = new Map<string, string>();
  readonly #blobs = new Map<string, { type: string; content: Buffer }>();
  readonly #server = createServer((request, response) => this.#serve(request, response));

  private constructor(folder: string, chart: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#chart = chart;
  }

  /** `folder`: where archives lie. `chart`: the files of `demo` at 1.2.3, whose other versions differ in nothing else. */
  static async start(folder: string, chart = CHART): Promise<ChartServer> {
    const made = new ChartServer(folder, chart);
    await new Promise<void>((resolve) => made.#server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Packs the chart at a version, for the repository and the registry. */
  publish(version: string): void {
    const folder = join(this.#folder, 'pack', version, 'demo');
    for (const [path, text] of Object.entries(this.#chart)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), path === 'Chart.yaml' ? text.replace('1.2.3', version) : text);
    }
    const archive = join(this.#folder, `demo-${version}.tgz`);
    spawnSync('tar', ['-czf', archive, '-C', join(folder, '..'), 'demo']);
    const layer = this.#keep(readFileSync(archive), 'application/vnd.cncf.helm.chart.content.v1.tar+gzip');
    const config = this.#keep(
      Buffer.from(JSON.stringify({ name: 'demo', version, apiVersion: 'v2' })),
      'application/vnd.cncf.helm.config.v1+json',
    );
    const manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [layer] };
    const { digest } = this.#keep(Buffer.from(JSON.stringify(manifest)), MANIFEST);
    this.#tags.set(version, digest);
  }

  #keep(content: Buffer, type: string) {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    this.#blobs.set(digest, { type, content });
    return { mediaType: type, digest, size: content.length };
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const asked = (request.url ?? '').split('?')[0] ?? '';
    this.requests.push(asked);
    const isClosed = asked.includes('/closed/');
    const path = asked.replace('/v2/closed/', '/v2/oci/').replace('/closed/', '/charts/');
    const basic = `Basic ${Buffer.from('ann:pass word').toString('base64')}`;
    if (isClosed && request.headers.authorization !== basic) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end();
      return;
    }
    if (this.isAway) {
      response.writeHead(503).end();
      return;
    }
    const send = (type: string, content: Buffer | string, digest?: string): void => {
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(content) };
      response.writeHead(
        200,
        digest === undefined ? headers : { ...headers, 'docker-content-digest': digest },
      );
      response.end(request.method === 'HEAD' ? undefined : content);
    };
    const [, archive] = /^\/charts\/(demo-[\d.]+\.tgz)$/.exec(path) ?? [];
    const [, reference] = /^\/v2\/oci\/demo\/(?:manifests|blobs)\/(.+)$/.exec(path) ?? [];
    const digest = reference === undefined ? undefined : (this.#tags.get(reference) ?? reference);
    const blob = digest === undefined ? undefined : this.#blobs.get(digest);
    if (path === '/charts/index.yaml') {
      const entries = [...this.#tags.keys()].map(
        (version) => `    - {apiVersion: v2, name: demo, version: ${version}, urls: [demo-${version}.tgz]}\n`,
      );
      send('text/yaml', `apiVersion: v1\nentries:\n  demo:\n${entries.join('')}`);
    } else if (archive !== undefined) send('application/gzip', readFileSync(join(this.#folder, archive)));
    else if (path === '/v2/oci/demo/tags/list')
      send('application/json', JSON.stringify({ name: 'oci/demo', tags: [...this.#tags.keys()] }));
    else if (path === '/v2/') send('application/json', '{}');
    else if (blob !== undefined) send(blob.type, blob.content, digest);
    else response.writeHead(404).end();
  }
}
