import { customResourceDefinition } from '@gantry/api/apiextensions/v1/custom-resource-definition';
import type { Definition } from '@gantry/api/apiextensions/v1/definition';
import { deepClone, deepEqual } from '@gantry/machinery/json';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { apiserverUser } from '../bootstrap/run.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { Registry } from '../registry/registry.ts';
import { RFC3339 } from '../registry/write.ts';
import { CLEANUP_FINALIZER } from './deletion.ts';
import { Finalizer } from './finalizer.ts';
import { DEFINITIONS } from './follower.ts';
import { settleStatus } from './status.ts';

export interface ControllerParts {
  readonly cache: WatchCache;
  readonly registry: Registry;
  warn(fields: object, message: string): void;
}

const RETRY_MS = 1000;

/**
 * Gives definitions their names and conditions, and empties those that are deleted. Every server runs one: what another
 * has done already is no change, and what two of them do at once is one write and one conflict.
 */
export class DefinitionController {
  readonly #parts: ControllerParts;
  readonly #finalizer: Finalizer;
  readonly #queue = new Set<string>();
  readonly #unsubscribe: () => void;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(parts: ControllerParts) {
    this.#parts = parts;
    this.#finalizer = new Finalizer(parts);
    const { cache } = parts;
    const stopBatches = cache.onBatch((resource, events) => {
      if (resource !== DEFINITIONS) return;
      for (const { type, entry } of events) {
        if (type === 'delete') this.#requeueGroup(entry.key.name);
        else this.#enqueue(entry.key.name);
      }
    });
    const stopResets = cache.onReset(() => this.#enqueueAll());
    this.#unsubscribe = () => {
      stopBatches();
      stopResets();
    };
    this.#enqueueAll();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    this.#finalizer.close();
    await this.#running;
  }

  #enqueueAll(): void {
    for (const { key } of this.#parts.cache.resource(DEFINITIONS).all()) this.#enqueue(key.name);
  }

  /** Names that a definition gave up may be what another of its group waits for. */
  #requeueGroup(name: string): void {
    const group = name.slice(name.indexOf('.') + 1);
    for (const { metadata, spec, status } of this.#all()) {
      const waits = status?.conditions?.some(
        ({ type, status: is }) => type === 'NamesAccepted' && is === 'False',
      );
      if (waits === true && spec.group === group && metadata.name !== name) this.#enqueue(metadata.name);
    }
  }

  #enqueue(name: string): void {
    if (this.#closed) return;
    this.#queue.add(name);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    // The batch of changes is published to everybody first.
    await Promise.resolve();
    for (const name of this.#queue) {
      if (this.#closed) return;
      this.#queue.delete(name);
      try {
        await this.#sync(name);
      } catch (error) {
        if (this.#closed) return;
        if (!isStatusError(error, 'NotFound') && !isStatusError(error, 'Conflict'))
          this.#parts.warn({ err: error, definition: name }, 'the status of a definition could not be set');
        this.#retry(name);
      }
    }
  }

  #retry(name: string): void {
    setTimeout(() => {
      if (this.#parts.cache.entry({ resource: DEFINITIONS, namespace: '', name }) !== undefined)
        this.#enqueue(name);
    }, RETRY_MS).unref();
  }

  #all(): Definition[] {
    return this.#parts.cache
      .resource(DEFINITIONS)
      .all()
      .map(({ object }) => object as unknown as Definition);
  }

  async #sync(name: string): Promise<void> {
    const { cache, registry } = this.#parts;
    const entry = cache.entry({ resource: DEFINITIONS, namespace: '', name });
    if (entry === undefined) return;
    const stored = entry.object as unknown as Definition;
    if (stored.metadata.deletionTimestamp !== undefined) {
      if (stored.metadata.finalizers?.includes(CLEANUP_FINALIZER) === true) this.#finalizer.begin(name);
      return;
    }
    const now = RFC3339(new Date());
    const wanted: Definition = { ...stored, status: deepClone(stored.status ?? {}) };
    settleStatus(wanted, this.#all(), now);
    if (deepEqual(wanted.status, stored.status)) return;
    const change = (object: AnyObject): void =>
      settleStatus(object as unknown as Definition, this.#all(), now);
    await registry.modify(customResourceDefinition, '', name, apiserverUser, change, {
      subresource: 'status',
    });
    if (!deepEqual(wanted.status?.acceptedNames, stored.status?.acceptedNames)) this.#requeueGroup(name);
  }
}
