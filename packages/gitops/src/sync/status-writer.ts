import type { Application, ApplicationStatus } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import { applications } from '@gantry/client/resources';
import { OwnWrites } from '@gantry/runtime/own-writes';
import type { ControllerContext } from '@gantry/runtime/port';

/**
 * Writes the status of Applications. Nobody else does, so that it needs no lock: what matters is that the next one is
 * made from this one, which `isCurrent` tells.
 */
export class StatusWriter {
  readonly #context: ControllerContext;
  readonly #written: OwnWrites;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#written = new OwnWrites(context.clock);
  }

  /** Whether the cache shows the last status written; if not, its event comes. */
  isCurrent(key: string): boolean {
    return this.#written.areSeen(key);
  }

  async write(application: Application, status: ApplicationStatus): Promise<void> {
    const { client, informers } = this.#context;
    const { namespace = '', name, uid } = application.metadata;
    // The uid: an Application that was deleted and made again meanwhile has another past.
    const patch = { metadata: { uid }, status: withRemoved(application.status ?? {}, status) };
    const written = await client.patch<Application>(applications, namespace, name, patch, {
      type: 'merge',
      subresource: 'status',
    });
    this.#written.wrote(keyOf(application), informers.informer<Application>(applications), written);
  }

  forget(key: string): void {
    this.#written.forget(key);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A merge patch can't leave a field out: absent ones, also of objects inside, are removed by null. */
function withRemoved(before: object, after: object): Record<string, unknown> {
  const old = before as Record<string, unknown>;
  const entries = Object.entries(after).map(([key, value]) => {
    const was = old[key];
    return [key, isRecord(value) && isRecord(was) ? withRemoved(was, value) : value] as const;
  });
  const removed = Object.keys(old).filter((key) => !(key in after));
  return { ...Object.fromEntries(entries), ...Object.fromEntries(removed.map((key) => [key, null])) };
}
