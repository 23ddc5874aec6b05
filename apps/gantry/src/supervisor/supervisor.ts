import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatusReport } from '../client-socket.ts';
import { UserError } from '../errors.ts';
import { callHelper } from '../helper/call.ts';
import { type Layout, layoutOf, pidFile } from '../layout.ts';
import {
  assertDiskSpace,
  assertPortFree,
  defaultNodeIp,
  defaultNodeName,
  whyNoContainers,
} from '../machine.ts';
import { localApiUrl, type UpOptions } from '../options.ts';
import { rememberSysctls } from '../purge/sysctls.ts';
import { Component, type ComponentSpec } from './component.ts';
import { External } from './external.ts';
import type { Part } from './part.ts';
import { endRecorded } from './process-table.ts';
import { endContainerd, endPostgres, runningContainerd } from './services.ts';
import {
  apiserverSpec,
  COMPONENT_NAMES,
  consoleSpec,
  controllerManagerSpec,
  nodeAgentSpec,
  simulatedNodesSpec,
  type Wiring,
} from './specs.ts';

/** Called as the start goes on, for live progress. */
export type Progress = (
  step: string,
  state: 'running' | 'done' | 'failed' | 'stopped',
  detail?: string,
) => void;

const END_ORDER = [
  ['node-agent', 'console', 'controller-manager'],
  ['apiserver', 'containerd'],
  ['postgres'],
];
const FALLBACK_SIMULATED_NODES = 3;
const NODE_AGENT_PORT = 10_250;

/** Starts, watches and ends all processes of one data folder, in order. */
export class Supervisor {
  readonly layout: Layout;
  readonly #asked: UpOptions;
  readonly #say: (line: string) => void;
  readonly #abort = new AbortController();
  readonly #parts: Part[] = [];
  #starting: Promise<void> = Promise.resolve();
  #watching: Promise<void>[] = [];
  #ready = false;
  #simulatedBecause: string | undefined;

  /** `say` takes lines about what happens once everything runs. */
  constructor(options: UpOptions, say: (line: string) => void) {
    this.#asked = options;
    this.#say = say;
    this.layout = layoutOf(options.data);
  }

  /** Why simulated nodes run although none were asked for. */
  get simulatedBecause(): string | undefined {
    return this.#simulatedBecause;
  }

  /** Looks at every part and says how it is. */
  async report(): Promise<StatusReport> {
    await Promise.all(this.#ready ? this.#parts.map((part) => part.check()) : []);
    const components = this.#parts.map((part) => part.status());
    const { consolePort, publicUrl } = this.#asked;
    const password = readIfThere(this.layout.adminPassword);
    const credential = readIfThere(this.layout.adminToken) ?? password ?? '';
    return {
      ready: this.#ready && components.every((component) => component.health === 'healthy'),
      components,
      kubeconfig: this.layout.kubeconfig,
      ca: join(this.layout.pki, 'ca.crt'),
      logs: this.layout.logs,
      data: this.layout.data,
      apiUrl: publicUrl ?? localApiUrl(this.#asked),
      consoleUrl: `http://127.0.0.1:${consolePort}`,
      gitUrl: `http://admin:${encodeURIComponent(credential)}@127.0.0.1:${consolePort}/git/NAME.git`,
      adminUser: 'admin',
      ...(password === undefined ? {} : { adminPassword: password }),
      ...(this.#simulatedBecause === undefined ? {} : { simulatedBecause: this.#simulatedBecause }),
    };
  }

  /** Everything up and ready. On failure ends what was started and throws a UserError. */
  async start(progress: Progress): Promise<void> {
    const options = this.#effectiveOptions();
    await this.#prepare(options);
    this.#starting = this.#startParts(options, progress);
    try {
      await this.#starting;
    } catch (error) {
      this.#abort.abort();
      await this.#endParts();
      throw error;
    }
    if (this.#abort.signal.aborted) return;
    this.#ready = true;
    this.#watching = this.#parts.map((part) => part.supervise(this.#abort.signal));
  }

  /** Ends everything, a start that is under way included; `keepRuntime`: whoever asked needs it to stop the pods. */
  async stop(how: { readonly keepRuntime: boolean }): Promise<void> {
    this.#abort.abort();
    this.#ready = false;
    await Promise.allSettled([this.#starting, ...this.#watching]);
    await this.#endParts(how.keepRuntime ? ['containerd'] : []);
  }

  #part(name: string): Part | undefined {
    return this.#parts.find((part) => part.name === name);
  }

  /** Those that use others end first. */
  async #endParts(except: readonly string[] = []): Promise<void> {
    for (const names of END_ORDER)
      await Promise.all(
        names.filter((name) => !except.includes(name)).map((name) => this.#part(name)?.stop()),
      );
  }

  #effectiveOptions(): UpOptions {
    if (this.#asked.simulatedNodes !== undefined) return this.#asked;
    this.#simulatedBecause = whyNoContainers(this.#asked.criEndpoint);
    return this.#simulatedBecause === undefined
      ? this.#asked
      : { ...this.#asked, simulatedNodes: FALLBACK_SIMULATED_NODES };
  }

  async #prepare(options: UpOptions): Promise<void> {
    const { layout } = this;
    assertDiskSpace(options.data);
    await mkdir(layout.run, { recursive: true, mode: 0o700 });
    await mkdir(layout.logs, { recursive: true, mode: 0o700 });
    // What a killed supervisor left behind would hold the ports.
    await Promise.all(COMPONENT_NAMES.map((name) => endRecorded(pidFile(layout, name), 5_000)));
    if (options.databaseUrl !== undefined) await endPostgres(layout);
    if (options.simulatedNodes !== undefined && runningContainerd(layout) !== undefined)
      await endContainerd(layout);
    await assertPortFree('--api-port', options.bind, options.apiPort);
    await assertPortFree('--console-port', '127.0.0.1', options.consolePort);
    if (options.simulatedNodes === undefined) await assertNodeAgentPortFree();
  }

  async #startParts(options: UpOptions, progress: Progress): Promise<void> {
    const { layout } = this;
    const nodeName = options.nodeName ?? defaultNodeName();
    const nodeIp = options.nodeIp ?? defaultNodeIp();
    const isReal = options.simulatedNodes === undefined;
    const step = <T>(name: string, work: () => Promise<T>) => this.#step(progress, name, work);
    const certificates = step('certificates', () =>
      callHelper('identities', { layout, options, nodeName, nodeIp }),
    );
    const runtime = isReal ? step('container runtime', () => this.#startRuntime(options)) : undefined;
    const database =
      options.databaseUrl === undefined
        ? step('postgres', () => this.#startPostgres())
        : Promise.resolve(options.databaseUrl);
    const wiring = certificates.then(
      async (): Promise<Wiring> => ({ options, layout, databaseUrl: await database, nodeName, nodeIp }),
    );
    const api = wiring.then((known) => step('apiserver', () => this.#startComponent(apiserverSpec(known))));
    const afterApi = async (
      name: string,
      spec: (known: Wiring) => ComponentSpec | Promise<ComponentSpec>,
    ) => {
      const known = await wiring;
      await api;
      await step(name, async () => this.#startComponent(await spec(known)));
    };
    const cluster = certificates.then(() =>
      step('cluster', () =>
        callHelper(
          'cluster',
          { kubeconfig: layout.kubeconfig, ...(isReal ? { nodeName } : {}) },
          { signal: this.#abort.signal },
        ),
      ),
    );
    await this.#all([
      // Those too that others wait for only later: a failure must be seen when it happens.
      certificates,
      database,
      ...(runtime === undefined ? [] : [runtime]),
      api,
      cluster,
      afterApi('controllers, scheduler, sync', controllerManagerSpec),
      afterApi('console', consoleSpec),
      runtime === undefined
        ? afterApi(`${options.simulatedNodes} simulated nodes`, simulatedNodesSpec)
        : afterApi('node agent', async (known) => nodeAgentSpec(known, await runtime)),
    ]);
  }

  /** Waits for all, so that nothing is still being started afterwards; the first failure ends the others. */
  async #all(work: readonly Promise<unknown>[]): Promise<void> {
    let reason: unknown;
    const watched = work.map((promise) =>
      promise.catch((error: unknown) => {
        reason ??= error;
        this.#abort.abort();
      }),
    );
    await Promise.all(watched);
    if (reason !== undefined) throw reason;
  }

  async #startPostgres(): Promise<string> {
    const dataDir = this.layout.postgres;
    return this.#startExternal('postgres', {
      launch: (log) => callHelper('postgres', { dataDir }, { log }),
      end: () => endPostgres(this.layout),
    });
  }

  async #startRuntime(options: UpOptions): Promise<string> {
    const { criEndpoint, data: dataDir } = options;
    const given = criEndpoint === undefined ? {} : { criEndpoint };
    rememberSysctls(this.layout);
    return this.#startExternal('containerd', {
      launch: (log) => callHelper('runtime', { dataDir, ...given }, { log }),
      end: () => endContainerd(this.layout),
    });
  }

  async #startExternal(
    name: string,
    spec: Omit<ConstructorParameters<typeof External>[0], 'name'>,
  ): Promise<string> {
    const external = new External({ name, ...spec }, this.layout, this.#say);
    this.#parts.push(external);
    return external.start();
  }

  async #startComponent(spec: ComponentSpec): Promise<void> {
    const component = new Component(spec, this.layout, this.#say);
    this.#parts.push(component);
    await component.start(this.#abort.signal);
  }

  async #step<T>(progress: Progress, name: string, work: () => Promise<T>): Promise<T> {
    if (this.#abort.signal.aborted) throw new UserError('stopped');
    progress(name, 'running');
    const begin = performance.now();
    try {
      const result = await work();
      progress(name, 'done', `${((performance.now() - begin) / 1000).toFixed(1)} s`);
      return result;
    } catch (error) {
      progress(name, this.#abort.signal.aborted ? 'stopped' : 'failed');
      throw error;
    }
  }
}

/** The node agent's port is the same on every node. */
async function assertNodeAgentPortFree(): Promise<void> {
  await assertPortFree('', '0.0.0.0', NODE_AGENT_PORT).catch(() => {
    throw new UserError(
      `port ${NODE_AGENT_PORT} is in use: another node (a kubelet, or another Gantry) runs on this machine; end it, or use --nodes simulated:3`,
    );
  });
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
