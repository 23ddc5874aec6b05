import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureRuntime } from '@gantry/node/containerd/runtime';
import { startPostgres } from '@gantry/postgres/launcher';
import type { StatusReport } from '../client-socket.ts';
import { UserError } from '../errors.ts';
import { ensureIdentities } from '../identities.ts';
import { healthSocket, type Layout, layoutOf, pidFile } from '../layout.ts';
import {
  assertDiskSpace,
  assertPortFree,
  defaultNodeIp,
  defaultNodeName,
  whyNoContainers,
} from '../machine.ts';
import type { UpOptions } from '../options.ts';
import { Component, type ComponentSpec, type ComponentStatus } from './component.ts';
import { External } from './external.ts';
import { lineLogger } from './line-logger.ts';
import { applyManifests, SYSTEM_MANIFESTS } from './manifests.ts';
import { waitForNode } from './node-ready.ts';
import { stopAllPods } from './pods.ts';
import { endRecorded } from './process-table.ts';
import {
  apiserverSpec,
  consoleSpec,
  controllerManagerSpec,
  nodeAgentSpec,
  simulatedNodesSpec,
  type Wiring,
} from './specs.ts';

/** Called as the start goes on, for live progress. */
export type Progress = (step: string, state: 'running' | 'done', detail?: string) => void;

const COMPONENT_NAMES = ['apiserver', 'controller-manager', 'console', 'node-agent'];

/** Starts, watches and ends all processes of one data folder, in order. */
export class Supervisor {
  readonly layout: Layout;
  readonly #options: UpOptions;
  readonly #abort = new AbortController();
  readonly #parts: (Component | External)[] = [];
  #ready = false;
  #simulatedBecause: string | undefined;

  constructor(options: UpOptions) {
    this.#options = options;
    this.layout = layoutOf(options.data);
  }

  /** Why simulated nodes run although none were asked for. */
  get simulatedBecause(): string | undefined {
    return this.#simulatedBecause;
  }

  report(): StatusReport {
    const components: readonly ComponentStatus[] = this.#parts.map((part) => part.status());
    const apiHost = /^(0\.0\.0\.0|::)$/.test(this.#options.bind) ? '127.0.0.1' : this.#options.bind;
    const password = readIfThere(this.layout.adminPassword);
    const credential = readIfThere(this.layout.adminToken) ?? password ?? '';
    return {
      ready: this.#ready && components.every((component) => component.health === 'healthy'),
      components,
      kubeconfig: this.layout.kubeconfig,
      ca: join(this.layout.pki, 'ca.crt'),
      logs: this.layout.logs,
      data: this.layout.data,
      apiUrl: this.#options.publicUrl ?? `https://${apiHost}:${this.#options.apiPort}`,
      consoleUrl: `http://127.0.0.1:${this.#options.consolePort}`,
      gitUrl: `http://admin:${encodeURIComponent(credential)}@127.0.0.1:${this.#options.consolePort}/git/NAME.git`,
      adminUser: 'admin',
      ...(password === undefined ? {} : { adminPassword: password }),
    };
  }

  /** Everything up and ready. On failure ends what was started and throws a UserError. */
  async start(progress: Progress): Promise<void> {
    const options = this.#effectiveOptions();
    await this.#prepare(options);
    try {
      await this.#startParts(options, progress);
      this.#ready = true;
      for (const part of this.#parts) void part.supervise(this.#abort.signal);
    } catch (error) {
      await this.stop({ stopPods: false });
      throw error;
    }
  }

  async stop(how: { readonly stopPods: boolean }): Promise<void> {
    this.#abort.abort();
    this.#ready = false;
    const nodeAgent = this.#parts.find((part) => part.name === 'node-agent');
    const runtime = this.#parts.find((part) => part.name === 'containerd');
    if (nodeAgent !== undefined) await nodeAgent.stop();
    if (how.stopPods && runtime instanceof External) await stopAllPods(runtime.address);
    for (const part of [...this.#parts].reverse()) await part.stop();
  }

  #effectiveOptions(): UpOptions {
    if (this.#options.simulatedNodes !== undefined) return this.#options;
    this.#simulatedBecause = whyNoContainers(this.#options.criEndpoint);
    return this.#simulatedBecause === undefined ? this.#options : { ...this.#options, simulatedNodes: 3 };
  }

  async #prepare(options: UpOptions): Promise<void> {
    const { layout } = this;
    assertDiskSpace(options.data);
    await mkdir(layout.run, { recursive: true, mode: 0o700 });
    await mkdir(layout.logs, { recursive: true, mode: 0o700 });
    // What a killed supervisor left behind would hold the ports.
    for (const name of COMPONENT_NAMES) await endRecorded(pidFile(layout, name), 5_000);
    await assertPortFree('--api-port', options.bind, options.apiPort);
    await assertPortFree('--console-port', '127.0.0.1', options.consolePort);
  }

  async #startParts(options: UpOptions, progress: Progress): Promise<void> {
    const { layout } = this;
    const nodeName = options.nodeName ?? defaultNodeName();
    const nodeIp = options.nodeIp ?? defaultNodeIp();
    await this.#step(progress, 'certificates', () => ensureIdentities(layout, options, nodeName, nodeIp));
    const databaseUrl =
      options.databaseUrl ?? (await this.#step(progress, 'postgres', () => this.#startPostgres()));
    const wiring: Wiring = { options, layout, databaseUrl, nodeName, nodeIp };
    await this.#step(progress, 'apiserver', () => this.#startComponent(apiserverSpec(wiring)));
    await this.#step(progress, 'system manifests', () => applyManifests(layout.kubeconfig, SYSTEM_MANIFESTS));
    const runtime =
      options.simulatedNodes === undefined
        ? this.#step(progress, 'container runtime', () => this.#startRuntime(options))
        : undefined;
    await Promise.all([
      this.#step(progress, 'controllers, scheduler, sync', () =>
        this.#startComponent(controllerManagerSpec(wiring)),
      ),
      process.env.GANTRY_DEV_NO_CONSOLE === '1'
        ? undefined
        : this.#step(progress, 'console', () => this.#startComponent(consoleSpec(wiring))),
      this.#startNode(wiring, runtime, progress),
    ]);
  }

  async #startNode(wiring: Wiring, runtime: Promise<string> | undefined, progress: Progress): Promise<void> {
    const count = wiring.options.simulatedNodes;
    if (runtime === undefined || count !== undefined) {
      await this.#step(progress, `${count} simulated nodes`, () =>
        this.#startComponent(simulatedNodesSpec(wiring, count ?? 1)),
      );
      return;
    }
    const endpoint = await runtime;
    await this.#step(progress, 'node agent', () => this.#startComponent(nodeAgentSpec(wiring, endpoint)));
    await this.#step(progress, `node ${wiring.nodeName} ready`, () =>
      waitForNode(this.layout.kubeconfig, wiring.nodeName),
    );
  }

  async #startPostgres(): Promise<string> {
    const external = new External(
      'postgres',
      async (log) => startPostgres({ dataDir: this.layout.postgres, log }),
      this.layout,
    );
    this.#parts.push(external);
    await external.start();
    return external.address;
  }

  async #startRuntime(options: UpOptions): Promise<string> {
    const external = new External(
      'containerd',
      async (log) =>
        ensureRuntime({
          dataDir: options.data,
          log: lineLogger(log),
          ...(options.criEndpoint === undefined ? {} : { criEndpoint: options.criEndpoint }),
        }),
      this.layout,
    );
    this.#parts.push(external);
    await external.start();
    return external.address;
  }

  async #startComponent(spec: ComponentSpec): Promise<void> {
    const component = new Component(spec, this.layout);
    this.#parts.push(component);
    await component.start();
  }

  async #step<T>(progress: Progress, name: string, work: () => Promise<T>): Promise<T> {
    if (this.#abort.signal.aborted) throw new UserError('stopped');
    progress(name, 'running');
    const begin = performance.now();
    const result = await work();
    progress(name, 'done', `${((performance.now() - begin) / 1000).toFixed(1)} s`);
    return result;
  }
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Removes sockets of processes that are gone. */
export function removeStaleSockets(layout: Layout): void {
  for (const name of [...COMPONENT_NAMES, 'git']) rmSync(healthSocket(layout, name), { force: true });
}
