import type { EndpointSlice, Pod, Service } from '@gantry/api/generated/types';
import type { Informer } from '@gantry/client/port';
import type { Logger } from '@gantry/runtime/port';
import type { ProxyBackend } from './backend.ts';
import { compileHostPorts, compileService } from './compile.ts';
import { type StaleFlow, staleFlows } from './conntrack.ts';
import type { Frontend, NodeFacts } from './frontend.ts';

export const SERVICE_INDEX = 'byServiceName';
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
/** On a Service: another program answers for its addresses. On a slice: nobody does, DNS alone tells of it. */
const OTHER_PROXY_LABEL = 'service.kubernetes.io/service-proxy-name';
const HEADLESS_LABEL = 'service.kubernetes.io/headless';

const has = ({ metadata }: Service | EndpointSlice, label: string): boolean =>
  metadata.labels?.[label] !== undefined;

/** Index function for slices: `namespace/service`. */
export const serviceOfSlice = (slice: EndpointSlice): string[] => {
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? [] : [`${slice.metadata.namespace ?? ''}/${name}`];
};

export interface ProxierSources {
  readonly services: Informer<Service>;
  readonly slices: Informer<EndpointSlice>;
  /** Pods of this node, for host ports; absent = host ports are another's job. */
  readonly pods?: Informer<Pod>;
}

export interface ProxierOptions {
  readonly sources: ProxierSources;
  readonly backend: ProxyBackend;
  readonly node: () => NodeFacts;
  readonly cleanFlows: (flows: readonly StaleFlow[]) => Promise<void>;
  readonly log: Logger;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;
/** Flows to end that are remembered while rules can't be loaded. */
const STALE_FLOWS_MAX = 5_000;

/**
 * Keeps a back end in step with the informers: remembers what it applied for each Service, compiles those that changed,
 * and hands changes over one transaction at a time.
 */
export class Proxier {
  readonly #options: ProxierOptions;
  readonly #applied = new Map<string, readonly Frontend[]>();
  readonly #dirty = new Set<string>();
  /** Of changes that are not in the kernel yet. */
  #staleFlows: StaleFlow[] = [];
  #cleaning: Promise<void> = Promise.resolve();
  #started = false;
  #failures = 0;
  #appliedAt = 0;
  #dirtySince = 0;

  constructor(options: ProxierOptions) {
    this.#options = options;
  }

  get hasWork(): boolean {
    return this.#dirty.size > 0 || !this.#started;
  }

  /** Epoch ms of the last change that is in the kernel, and of the oldest that is not (0 = none). */
  get health(): { readonly appliedAt: number; readonly waitingSince: number } {
    return { appliedAt: this.#appliedAt, waitingSince: this.#dirtySince };
  }

  /** Milliseconds to wait before the next `flush` after failures. */
  get retryAfterMs(): number {
    return this.#failures === 0 ? 0 : Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (this.#failures - 1));
  }

  markService(key: string): void {
    this.#mark(`service ${key}`);
  }

  markPod(pod: Pod): void {
    this.#mark(`pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
  }

  /** Everything is compiled anew: the node's facts changed. */
  markAll(): void {
    for (const owner of this.#applied.keys()) this.#dirty.add(owner);
    for (const service of this.#options.sources.services.list())
      this.markService(`${service.metadata.namespace ?? ''}/${service.metadata.name}`);
    for (const pod of this.#options.sources.pods?.list() ?? []) this.markPod(pod);
  }

  /** Applies what is marked. Failures are logged; what failed is loaded whole the next time. */
  async flush(): Promise<void> {
    const { backend, log } = this.#options;
    const first = !this.#started;
    if (first) this.markAll();
    const owners = [...this.#dirty];
    this.#dirty.clear();
    const changes = new Map(owners.map((owner) => [owner, this.#compile(owner)]));
    for (const [owner, after] of changes) {
      if (this.#staleFlows.length < STALE_FLOWS_MAX)
        this.#staleFlows.push(...staleFlows(this.#applied.get(owner) ?? [], after));
      if (after.length > 0) this.#applied.set(owner, after);
      else this.#applied.delete(owner);
    }
    try {
      if (first) await backend.start(this.#applied);
      else await backend.sync(changes);
      this.#started = true;
      this.#failures = 0;
      this.#appliedAt = Date.now();
      this.#dirtySince = this.#dirty.size > 0 ? Date.now() : 0;
    } catch (error) {
      this.#started = false;
      this.#failures++;
      this.#dirtySince ||= Date.now();
      log.error(
        { error: String(error), failures: this.#failures },
        'could not load the service rules; retrying',
      );
      return;
    }
    // In the background, one batch after the other: a program is started for each flow, and rules must not wait for it.
    const flows = this.#staleFlows.splice(0);
    if (flows.length > 0) this.#cleaning = this.#cleaning.then(() => this.#options.cleanFlows(flows));
  }

  /** Looks whether the rules are still there; when not, the next `flush` loads all. */
  async verify(): Promise<void> {
    if (!this.#started || (await this.#options.backend.verify())) return;
    this.#options.log.warn({}, 'the service rules were removed by someone else; loading them again');
    this.#started = false;
  }

  #mark(owner: string): void {
    this.#dirty.add(owner);
    this.#dirtySince ||= Date.now();
  }

  #compile(owner: string): readonly Frontend[] {
    const { sources, node } = this.#options;
    const [kind, key = ''] = owner.split(' ');
    const slash = key.indexOf('/');
    const namespace = key.slice(0, slash);
    const name = key.slice(slash + 1);
    if (kind === 'pod') {
      const pod = sources.pods?.get(namespace, name);
      return pod === undefined ? [] : compileHostPorts(pod, node());
    }
    const service = sources.services.get(namespace, name);
    if (service === undefined || has(service, OTHER_PROXY_LABEL)) return [];
    const slices = sources.slices.byIndex(SERVICE_INDEX, key);
    return compileService(
      service,
      slices.filter((slice) => !has(slice, HEADLESS_LABEL)),
      node(),
    );
  }
}
