import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeletContext } from './context.ts';
import { GRACE_PERIOD, INSTANCE } from './labels.ts';
import { isRunning, type RuntimePod, readRuntimePod } from './runtime-state.ts';

const RETRY_MS = 10_000;
const GRACE_S = 30;

type Context = Pick<KubeletContext, 'cri' | 'log' | 'config' | 'volumes' | 'cgroups'>;

/** Removes what pods have left on the node of which the API knows no more. */
export class Orphans {
  readonly #context: Context;
  readonly #known: () => ReadonlySet<string>;
  readonly #signal: AbortSignal;
  /** Being removed right now. */
  readonly #removing = new Set<string>();

  /** `known` are the uids of the pods that the API has on this node. */
  constructor(context: Context, known: () => ReadonlySet<string>, signal: AbortSignal) {
    this.#context = context;
    this.#known = known;
    this.#signal = signal;
  }

  /** Ends what runs of a pod, if it is ours and an orphan; tries again until it is gone. */
  async remove(runtime: RuntimePod): Promise<void> {
    const { cri, log } = this.#context;
    const { uid, name, namespace } = runtime;
    if (!this.#isOrphan(runtime) || this.#removing.has(uid)) return;
    this.#removing.add(uid);
    try {
      log.info({ pod: `${namespace}/${name}`, uid }, 'removing a pod that the API does not know');
      await Promise.all(
        runtime.containers
          .filter(isRunning)
          .map(({ id, annotations }) => cri.stopContainer(id, Number(annotations[GRACE_PERIOD] ?? GRACE_S))),
      );
      for (const { id } of runtime.sandboxes) {
        await cri.stopPodSandbox(id);
        await cri.removePodSandbox(id);
      }
      await this.#removeLeftovers(uid);
    } catch (error) {
      log.warn({ uid, error: String(error) }, 'orphan not removed');
      setTimeout(() => void this.#retry(runtime), RETRY_MS).unref();
    } finally {
      this.#removing.delete(uid);
    }
  }

  /** Folders and cgroups of pods that ended while the agent was away. */
  async sweep(): Promise<void> {
    const { cri, config, volumes } = this.#context;
    const sandboxes = await cri.listPodSandboxes();
    const alive = new Set([...this.#known(), ...sandboxes.map(({ metadata }) => metadata?.uid ?? '')]);
    const logs = await readdir(config.logsDir).catch(() => []);
    const left = [...(await volumes.known()), ...logs.map((name) => name.split('_').at(-1) ?? '')];
    for (const uid of new Set(left)) {
      if (!alive.has(uid)) await this.#removeLeftovers(uid).catch(() => undefined);
    }
  }

  /** By the sandbox's label the agent's own, and unknown to the API. */
  #isOrphan({ uid, sandboxes }: RuntimePod): boolean {
    const [sandbox] = sandboxes;
    return sandbox?.labels[INSTANCE] === this.#context.config.instance && !this.#known().has(uid);
  }

  async #retry({ uid, name, namespace }: RuntimePod): Promise<void> {
    if (this.#signal.aborted) return;
    const runtime = await readRuntimePod(this.#context.cri, uid, name, namespace).catch(() => undefined);
    if (runtime !== undefined) await this.remove(runtime);
  }

  async #removeLeftovers(uid: string): Promise<void> {
    const { config, volumes, cgroups } = this.#context;
    await volumes.tearDown(uid);
    await cgroups.remove(uid);
    for (const name of await readdir(config.logsDir).catch(() => [])) {
      if (name.endsWith(`_${uid}`)) await rm(join(config.logsDir, name), { recursive: true, force: true });
    }
  }
}
