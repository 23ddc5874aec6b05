import type { Application, ApplicationSpec, ConfigMap } from '@gantry/api/generated/types';
import { applications, configMaps } from '@gantry/client/resources';
import { expect, vi } from 'vitest';
import { type SyncProcess, startTestCluster, type TestCluster } from './api-server.ts';
import { bridge, makeWorkTree, runGit, type WorkTree } from './git-client.ts';

/** A cluster, a sync process, and stock git in front of it. */
export class Fixture {
  readonly cluster: TestCluster;
  readonly #port: number;
  readonly #closeBridge: () => void;
  readonly #trees: WorkTree[] = [];
  sync: SyncProcess;

  private constructor(cluster: TestCluster, sync: SyncProcess, front: Awaited<ReturnType<typeof bridge>>) {
    this.cluster = cluster;
    this.sync = sync;
    this.#port = front.port;
    this.#closeBridge = front.close;
  }

  static async start(): Promise<Fixture> {
    const cluster = await startTestCluster();
    const sync = await cluster.startSync().catch(async (error: unknown) => {
      await cluster.close();
      throw error;
    });
    return new Fixture(cluster, sync, await bridge(sync.gitSocket));
  }

  /** Of the front, without credentials. */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  address(repository: string, user = 'admin', password = this.cluster.password): string {
    return `http://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.#port}/git/${repository}.git`;
  }

  async workTree(repository: string): Promise<WorkTree> {
    const tree = await makeWorkTree(this.address(repository));
    this.#trees.push(tree);
    return tree;
  }

  application(name: string, namespace = name): Promise<Application> {
    return this.cluster.admin.get<Application>(applications, namespace, name);
  }

  patchApplication(name: string, patch: unknown, namespace = name): Promise<Application> {
    return this.cluster.admin.patch<Application>(applications, namespace, name, patch, { type: 'merge' });
  }

  createApplication(name: string, namespace: string, spec: ApplicationSpec): Promise<Application> {
    return this.cluster.admin.create<Application>(applications, {
      apiVersion: 'gitops.gantry.dev/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace },
      spec,
    });
  }

  /** `data.key` of a ConfigMap; throws when it isn't there. */
  async value(namespace: string, name: string): Promise<string | undefined> {
    return (await this.cluster.admin.get<ConfigMap>(configMaps, namespace, name)).data?.key;
  }

  async setValue(namespace: string, name: string, key: string): Promise<void> {
    await this.cluster.admin.patch(configMaps, namespace, name, { data: { key } }, { type: 'merge' });
  }

  async ref(repository: string, ref = 'main'): Promise<string> {
    return (
      await runGit(this.sync.gitRoot, ['--git-dir', `${repository}.git`, 'rev-parse', ref])
    ).text.trim();
  }

  /** Waits for a state of an Application's status. */
  async settled(
    name: string,
    expected: NonNullable<Application['status']>,
    namespace = name,
    timeoutMs?: number,
  ) {
    return until(async () => {
      const { status } = await this.application(name, namespace);
      expect(status).toMatchObject(expected);
      return status;
    }, timeoutMs);
  }

  async close(): Promise<void> {
    this.#closeBridge();
    await this.cluster.close();
    await Promise.all(this.#trees.map((tree) => tree.remove()));
  }
}

/** Tries until nothing throws. */
export const until = <T>(check: () => Promise<T>, timeoutMs = 30_000): Promise<T> =>
  vi.waitFor(check, { timeout: timeoutMs, interval: 50 });

export const configMap = (name: string, value: string, more = ''): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}data:\n  key: ${JSON.stringify(value)}\n`;
