import { customResourceDefinition } from '@gantry/api/apiextensions/v1/custom-resource-definition';
import { type Definition, isConditionTrue } from '@gantry/api/apiextensions/v1/definition';
import type { AnyObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { apiserverUser } from '../bootstrap/run.ts';
import type { WatchCache } from '../cache/watch-cache.ts';
import type { Registry } from '../registry/registry.ts';
import { RFC3339 } from '../registry/write.ts';
import { CLEANUP_FINALIZER } from './deletion.ts';
import { DEFINITIONS } from './follower.ts';
import { setCondition } from './status.ts';

interface FinalizerParts {
  readonly cache: WatchCache;
  readonly registry: Registry;
  warn(fields: object, message: string): void;
}

const PARALLEL = 16;
/** How long one round waits for objects that their own finalizers hold up. */
const ROUND_MS = 60_000;
const RETRY_MS = 1000;

type Outcome = readonly [status: 'True' | 'False', reason: string, message: string];

/** Deletes all objects of definitions that are going, then lets the definitions go. */
export class Finalizer {
  readonly #parts: FinalizerParts;
  readonly #running = new Set<string>();
  #closed = false;

  constructor(parts: FinalizerParts) {
    this.#parts = parts;
  }

  close(): void {
    this.#closed = true;
  }

  /** Starts, unless it is at it. */
  begin(name: string): void {
    if (this.#closed || this.#running.has(name)) return;
    this.#running.add(name);
    void this.#rounds(name).finally(() => this.#running.delete(name));
  }

  async #rounds(name: string): Promise<void> {
    while (!this.#closed) {
      try {
        if (await this.#round(name)) return;
      } catch (error) {
        if (this.#closed || isStatusError(error, 'NotFound')) return;
        if (!isStatusError(error, 'Conflict'))
          this.#parts.warn({ err: error, definition: name }, 'deleting custom resources failed');
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  }

  #definition(name: string): Definition | undefined {
    const entry = this.#parts.cache.entry({ resource: DEFINITIONS, namespace: '', name });
    return entry?.object as unknown as Definition | undefined;
  }

  /** Returns whether there is nothing left to do. */
  async #round(name: string): Promise<boolean> {
    const definition = this.#definition(name);
    if (definition?.metadata.finalizers?.includes(CLEANUP_FINALIZER) !== true) return true;
    await this.#setTerminating(name, [
      'True',
      'InstanceDeletionInProgress',
      'CustomResource deletion is in progress',
    ]);
    const outcome: Outcome = isConditionTrue(definition, 'Established')
      ? await this.#deleteObjects(name)
      : ['False', 'NeverEstablished', 'resource was never established'];
    await this.#setTerminating(name, outcome);
    if (outcome[0] === 'True') return false;
    await this.#parts.registry.modify(customResourceDefinition, '', name, apiserverUser, (object) => {
      const left = object.metadata.finalizers?.filter((one) => one !== CLEANUP_FINALIZER) ?? [];
      if (left.length > 0) object.metadata.finalizers = left;
      else delete object.metadata.finalizers;
    });
    return true;
  }

  async #setTerminating(name: string, [status, reason, message]: Outcome): Promise<void> {
    const change = (object: AnyObject): void =>
      setCondition(
        object as unknown as Definition,
        { type: 'Terminating', status, reason, message },
        RFC3339(new Date()),
      );
    await this.#parts.registry.modify(customResourceDefinition, '', name, apiserverUser, change, {
      subresource: 'status',
    });
  }

  async #deleteObjects(name: string): Promise<Outcome> {
    const { cache, registry } = this.#parts;
    const resource = registry.table.ofStorage(name);
    if (resource === undefined) return ['False', 'InstanceDeletionCompleted', 'removed all instances'];
    await cache.fresh();
    const queue = [...cache.resource(name).all()];
    let failed: unknown;
    const worker = async (): Promise<void> => {
      for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
        const { namespace, name: object } = entry.key;
        try {
          await registry.delete(resource.kind, namespace, object, apiserverUser);
        } catch (error) {
          if (!isStatusError(error, 'NotFound')) failed = error;
        }
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
    if (failed !== undefined) {
      const cause = failed instanceof Error ? failed.message : String(failed);
      return ['True', 'InstanceDeletionFailed', `could not issue all deletes: ${cause}`];
    }
    return (await this.#isEmpty(name))
      ? ['False', 'InstanceDeletionCompleted', 'removed all instances']
      : [
          'True',
          'InstanceDeletionCheck',
          'could not confirm zero CustomResources remaining: timed out waiting for the condition',
        ];
  }

  /** Waits until no object is left; false when some are still there after a while. */
  #isEmpty(resource: string): Promise<boolean> {
    const { cache } = this.#parts;
    const isDone = (): boolean => cache.resource(resource).size === 0;
    if (isDone()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (): void => {
        stop();
        clearTimeout(timer);
        resolve(isDone());
      };
      const stop = cache.onBatch((changed) => {
        if (changed === resource && isDone()) settle();
      });
      const timer = setTimeout(settle, ROUND_MS);
      timer.unref();
    });
  }
}
