import type { KindDefinition } from '@gantry/api/kind';
import { deepEqual } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { StateListener } from '../auth/authorization/source.ts';
import type { RegistryAccess } from '../handler.ts';
import type { StateReader, UserInfo } from '../request.ts';
import { API_SERVICES, type ApiServiceIndex } from './api-services.ts';
import { builtInPriority, CUSTOM, type Priority } from './priorities.ts';

const MANAGED = 'kube-aggregator.kubernetes.io/automanaged';
/** Group of APIService itself, which needs none. */
const OWN_GROUP = 'apiregistration.k8s.io';
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const RETRY_MS = 1000;

export interface RegistrationParts {
  readonly index: ApiServiceIndex;
  readonly state: StateReader;
  readonly registry: RegistryAccess;
  /** Of APIService. */
  readonly kind: KindDefinition;
  /** Groups and versions that this server serves from the start. */
  readonly builtIn: readonly { readonly group: string; readonly version: string }[];
  readonly user: UserInfo;
  warn(fields: object, message: string): void;
}

interface Wanted {
  readonly managed: 'onstart' | 'true';
  readonly spec: Readonly<Record<string, unknown>>;
}

const nameOf = (group: string, version: string): string => `${version}.${group}`;

const specOf = (group: string, version: string, priority: Priority): Wanted['spec'] => ({
  ...(group === '' ? {} : { group }),
  version,
  groupPriorityMinimum: priority.group,
  versionPriority: priority.version,
});

/**
 * Keeps an APIService for each group and version that this server serves: those of built-in kinds once at the start,
 * those of custom resources as long as they are served. One that somebody took over (without the label) stays as it is.
 */
export class RegistrationController {
  readonly #parts: RegistrationParts;
  readonly #atStart = new Set<string>();
  readonly #synced = new Set<string>();
  #started = false;
  #running: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  /** Of CustomResourceDefinitions. */
  readonly listener: StateListener = { resources: [DEFINITIONS], onChange: () => this.#poke() };

  constructor(parts: RegistrationParts) {
    this.#parts = parts;
    parts.index.onChange(() => this.#poke());
  }

  /** Resolves when the first round is done. */
  async start(): Promise<void> {
    for (const { name } of this.#parts.index.all()) this.#atStart.add(name);
    this.#started = true;
    this.#poke();
    await this.#running;
  }

  async close(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #poke(): void {
    if (!this.#started) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.#poke();
    });
  }

  async #run(): Promise<void> {
    // The turn in which a batch of changes arrives is over first.
    await Promise.resolve();
    this.#again = false;
    try {
      await this.#sync();
    } catch (error) {
      if (!this.#started) return;
      this.#parts.warn({ err: error }, 'registering APIServices failed');
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#poke(), RETRY_MS);
      this.#timer.unref();
    }
  }

  #wanted(): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>();
    for (const { spec } of this.#parts.state.list(DEFINITIONS, undefined)) {
      const { group, versions = [] } = spec as {
        readonly group: string;
        readonly versions?: readonly { readonly name: string; readonly served?: boolean }[];
      };
      for (const { name, served } of versions)
        if (served === true)
          wanted.set(nameOf(group, name), { managed: 'true', spec: specOf(group, name, CUSTOM) });
    }
    for (const { group, version } of this.#parts.builtIn)
      if (group !== OWN_GROUP)
        wanted.set(nameOf(group, version), {
          managed: 'onstart',
          spec: specOf(group, version, builtInPriority(group, version)),
        });
    return wanted;
  }

  async #sync(): Promise<void> {
    const wanted = this.#wanted();
    const names = new Set(wanted.keys());
    for (const { name } of this.#parts.index.all()) names.add(name);
    for (const name of names) {
      if (!this.#started) return;
      await this.#syncOne(name, wanted.get(name));
      this.#synced.add(name);
    }
  }

  async #syncOne(name: string, wanted: Wanted | undefined): Promise<void> {
    const { state, registry, kind, user } = this.#parts;
    const live = state.get(API_SERVICES, '', name) as AnyObject | undefined;
    const once = this.#synced.has(name);
    if (wanted?.managed === 'onstart' && once) return;
    if (live === undefined) {
      if (wanted !== undefined) await this.#create(name, wanted);
      return;
    }
    const managed = live.metadata.labels?.[MANAGED];
    if (managed === undefined) return;
    if (managed === 'onstart' && (once || !this.#atStart.has(name))) return;
    if (wanted === undefined)
      await registry
        .delete(kind, '', name, user, { uid: live.metadata.uid ?? '' })
        .catch(ignoring('NotFound', 'Conflict'));
    else if (!deepEqual(live.spec, wanted.spec))
      await registry
        .modify(kind, '', name, user, (object) => {
          object.spec = { ...wanted.spec };
        })
        .catch(ignoring('NotFound', 'Conflict'));
  }

  async #create(name: string, { managed, spec }: Wanted): Promise<void> {
    const { registry, kind, user } = this.#parts;
    const object = {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name, labels: { [MANAGED]: managed } },
      spec,
    };
    await registry.create(kind, object as unknown as AnyObject, user).catch(ignoring('AlreadyExists'));
  }
}

/** Others were quicker: the change that they made brings the next round. */
const ignoring =
  (...reasons: readonly ('NotFound' | 'Conflict' | 'AlreadyExists')[]) =>
  (error: unknown): undefined => {
    if (!reasons.some((reason) => isStatusError(error, reason))) throw error;
    return undefined;
  };
