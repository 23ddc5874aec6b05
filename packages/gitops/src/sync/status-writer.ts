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
    // A merge patch can't leave a field out: absent ones are removed by null.
    const removed = Object.fromEntries(
      Object.keys(application.status ?? {})
        .filter((key) => !(key in status))
        .map((key) => [key, null]),
    );
    // The uid: an Application that was deleted and made again meanwhile has another past.
    const patch = { metadata: { uid }, status: { ...removed, ...status } };
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
