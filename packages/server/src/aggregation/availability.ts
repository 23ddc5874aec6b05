import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointSlice, Service } from '@gantry/api/generated/types';
import type { KindDefinition } from '@gantry/api/kind';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { StateListener } from '../auth/authorization/source.ts';
import { readObject } from '../auth/state.ts';
import type { RegistryAccess } from '../handler.ts';
import { DEFAULT_SERVICE_PORT, resolveService } from '../outbound/service-target.ts';
import { RFC3339 } from '../registry/write.ts';
import type { StateReader, UserInfo } from '../request.ts';
import { API_SERVICES, type ApiServiceIndex, isRemote, type RemoteEntry } from './api-services.ts';
import {
  type Availability,
  hasAvailability,
  LOCAL,
  PASSED,
  setAvailability,
  unavailable,
} from './conditions.ts';
import { fetchDocument, type RemoteTransport, userHeaders } from './transport.ts';

export interface AvailabilityParts {
  readonly index: ApiServiceIndex;
  readonly transport: RemoteTransport;
  readonly state: StateReader;
  readonly registry: RegistryAccess;
  /** Of APIService. */
  readonly kind: KindDefinition;
  /** As whom status is written. */
  readonly user: UserInfo;
  warn(fields: object, message: string): void;
}

/** Who asks aggregated servers for their discovery. */
export const AGGREGATOR: UserInfo = { name: 'system:kube-aggregator', groups: ['system:masters'] };

const ATTEMPTS = 5;
const CHECK_MS = 5000;
const RECHECK_MS = 30_000;
const FIRST_RETRY_MS = 250;
const SERVICES = 'services';
const SLICES = 'endpointslices.discovery.k8s.io';

/** Keeps the condition Available of every APIService: at each change of what it depends on, and twice a minute. */
export class AvailabilityController {
  readonly #parts: AvailabilityParts;
  readonly #due = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #failures = new Map<string, number>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  /** Of Services and their endpoints. */
  readonly listener: StateListener;

  constructor(parts: AvailabilityParts) {
    this.#parts = parts;
    parts.index.onChange((entry) => {
      if (entry !== undefined) this.#enqueue(entry.name);
    });
    this.listener = {
      resources: [SERVICES, SLICES],
      onChange: (resource, object, old) => this.#affected(resource, (object ?? old) as AnyObject),
    };
  }

  start(): void {
    this.#started = true;
    for (const entry of this.#parts.index.all()) this.#enqueue(entry.name);
    this.#timer = setInterval(() => {
      for (const entry of this.#parts.index.remotes()) this.#enqueue(entry.name);
    }, RECHECK_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#started = false;
    clearInterval(this.#timer);
    this.#stop.abort();
    await Promise.all(this.#running.values());
  }

  #affected(resource: string, { metadata }: AnyObject): void {
    if (!this.#started) return;
    const name = resource === SERVICES ? metadata.name : metadata.labels?.['kubernetes.io/service-name'];
    for (const entry of this.#parts.index.remotes())
      if (entry.service.name === name && entry.service.namespace === metadata.namespace)
        this.#enqueue(entry.name);
  }

  /** One check of an APIService at a time; what changes meanwhile makes one more. */
  #enqueue(name: string): void {
    if (!this.#started) return;
    this.#due.add(name);
    if (this.#running.has(name)) return;
    const run = this.#work(name).finally(() => {
      this.#running.delete(name);
      if (this.#due.has(name)) this.#enqueue(name);
    });
    this.#running.set(name, run);
  }

  async #work(name: string): Promise<void> {
    this.#due.delete(name);
    try {
      if (await this.#sync(name)) {
        this.#failures.delete(name);
        return;
      }
    } catch (error) {
      if (!this.#started) return;
      if (isStatusError(error, 'NotFound')) return;
      this.#parts.warn({ err: error, apiService: name }, 'checking an APIService failed');
    }
    const failures = this.#failures.get(name) ?? 0;
    this.#failures.set(name, failures + 1);
    void this.#retry(name, Math.min(FIRST_RETRY_MS * 2 ** failures, RECHECK_MS));
  }

  async #retry(name: string, afterMs: number): Promise<void> {
    await sleep(afterMs, undefined, { ref: false, signal: this.#stop.signal }).catch(() => undefined);
    this.#enqueue(name);
  }

  /** False asks for a retry. */
  async #sync(name: string): Promise<boolean> {
    const { index, state, registry, kind, user } = this.#parts;
    const entry = index.get(name);
    const live = state.get(API_SERVICES, '', name) as AnyObject | undefined;
    if (entry === undefined || live === undefined) {
      this.#failures.delete(name);
      return true;
    }
    const found = isRemote(entry) ? await this.#check(entry) : LOCAL;
    if (!this.#started) return true;
    if (!hasAvailability(live, found))
      await registry.modify(
        kind,
        '',
        name,
        user,
        (object) => setAvailability(object, found, RFC3339(new Date())),
        { subresource: 'status' },
      );
    return found.reason !== 'FailedDiscoveryCheck';
  }

  async #check(entry: RemoteEntry): Promise<Availability> {
    const missing = checkService(this.#parts.state, entry);
    if (missing !== undefined) return missing;
    const failures: string[] = [];
    const attempts = Array.from({ length: ATTEMPTS }, () => this.#discover(entry));
    for (const attempt of attempts) attempt.catch((error: Error) => failures.push(error.message));
    try {
      await Promise.any(attempts);
      return PASSED;
    } catch {
      return unavailable('FailedDiscoveryCheck', failures.at(-1) ?? '');
    }
  }

  async #discover(entry: RemoteEntry): Promise<void> {
    const address = resolveService(this.#parts.state, entry.service);
    const path = entry.group === '' ? `/api/${entry.version}` : `/apis/${entry.group}/${entry.version}`;
    const url = `https://${address.host}:${address.port}${path}`;
    const because = (cause: string): Error => new Error(`failing or missing response from ${url}: ${cause}`);
    const options = { ...this.#parts.transport.pooled(entry) };
    const answer = await fetchDocument(address, path, options, userHeaders(AGGREGATOR), CHECK_MS).catch(
      (error: Error) => {
        throw because(error.message);
      },
    );
    if (answer.status < 200 || answer.status > 299) throw because(`bad status from ${url}: ${answer.status}`);
  }
}

/** What is wrong with the Service, as far as its objects tell. */
function checkService(state: StateReader, { service: reference }: RemoteEntry): Availability | undefined {
  const { namespace, name, port = DEFAULT_SERVICE_PORT } = reference;
  const named = `service/${name} in ${JSON.stringify(namespace)}`;
  const service = readObject<Service>(state, SERVICES, namespace, name);
  if (service === undefined) return unavailable('ServiceNotFound', `${named} is not present`);
  if ((service.spec?.type ?? 'ClusterIP') !== 'ClusterIP') return undefined;
  const found = service.spec?.ports?.find((one) => one.port === port);
  if (found === undefined)
    return unavailable('ServicePortError', `${named} is not listening on port ${port}`);
  const slices = (state.list(SLICES, namespace) as unknown as readonly EndpointSlice[]).filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name,
  );
  if (slices.length === 0) return unavailable('EndpointsNotFound', `cannot find endpointslices for ${named}`);
  const portName = found.name ?? '';
  const active = slices.some(
    ({ endpoints, ports }) =>
      (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false) &&
      (ports ?? []).some((one) => (one.name ?? '') === portName && one.port !== undefined),
  );
  return active
    ? undefined
    : unavailable(
        'MissingEndpoints',
        `endpointslices for ${named} have no addresses with port name ${JSON.stringify(portName)}`,
      );
}
