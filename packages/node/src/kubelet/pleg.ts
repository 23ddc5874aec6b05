import type { Logger } from '@gantry/runtime/port';
import type { Cri } from '../cri/port.ts';
import type { Container, PodSandbox } from '../cri/types.ts';
import { detail, ownerOf, type RuntimePod } from './runtime-state.ts';

const EVENT_DELAY_MS = 5;

interface Group {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly sandboxes: PodSandbox[];
  readonly containers: Container[];
}

/**
 * Finds what has changed in the runtime by listing it anew and comparing (pod lifecycle event generator). Two list
 * calls a round; statuses only of pods that differ.
 */
export class Pleg {
  readonly #cri: Cri;
  readonly #log: Logger;
  readonly #intervalMs: () => number;
  readonly #onChange: (pod: RuntimePod) => void;
  readonly #known = new Map<string, { readonly signature: string; readonly pod: RuntimePod }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;
  /** Epoch milliseconds of the last round that went well; 0 = none yet. */
  lastRelist = 0;

  constructor(options: {
    readonly cri: Cri;
    readonly log: Logger;
    /** Milliseconds between rounds, asked before each. */
    readonly intervalMs: () => number;
    readonly onChange: (pod: RuntimePod) => void;
  }) {
    this.#cri = options.cri;
    this.#log = options.log;
    this.#intervalMs = options.intervalMs;
    this.#onChange = options.onChange;
  }

  start(): void {
    this.#schedule(this.#intervalMs());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Looks soon: something has happened. */
  poke(): void {
    if (this.#running !== undefined) this.#again = true;
    else this.#schedule(EVENT_DELAY_MS);
  }

  #schedule(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.relist()
        .catch((error: unknown) => this.#log.warn({ error: String(error) }, 'relist failed'))
        .finally(() => {
          this.#running = undefined;
          this.#schedule(this.#again ? EVENT_DELAY_MS : this.#intervalMs());
          this.#again = false;
        });
    }, ms);
  }

  /** One round. */
  async relist(): Promise<void> {
    const [sandboxes, containers] = await Promise.all([
      this.#cri.listPodSandboxes(),
      this.#cri.listContainers(),
    ]);
    const groups = group(sandboxes, containers);
    const changed = [...groups.values()].filter(
      (pod) => this.#known.get(pod.uid)?.signature !== signature(pod),
    );
    await Promise.all(changed.map((pod) => this.#refresh(pod)));
    for (const [uid, { pod }] of this.#known) {
      if (groups.has(uid)) continue;
      this.#known.delete(uid);
      this.#onChange({ ...pod, sandboxes: [], containers: [] });
    }
    this.lastRelist = Date.now();
  }

  async #refresh(found: Group): Promise<void> {
    const known = this.#known.get(found.uid)?.pod;
    const { uid, name, namespace } = found;
    const pod = await detail(this.#cri, uid, name, namespace, found.sandboxes, found.containers, known);
    this.#known.set(uid, { signature: signature(found), pod });
    this.#onChange(pod);
  }
}

function group(sandboxes: readonly PodSandbox[], containers: readonly Container[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  const of = (item: PodSandbox | Container): Group | undefined => {
    const owner = ownerOf(item);
    if (owner === undefined) return undefined;
    const found = groups.get(owner.uid) ?? { ...owner, sandboxes: [], containers: [] };
    groups.set(owner.uid, found);
    return found;
  };
  for (const sandbox of sandboxes) of(sandbox)?.sandboxes.push(sandbox);
  for (const container of containers) of(container)?.containers.push(container);
  return groups;
}

const signature = (pod: Group): string =>
  [...pod.sandboxes, ...pod.containers]
    .map(({ id, state }) => `${id}=${state}`)
    .sort()
    .join();
