import { callJson } from './api.ts';
import type { Dispatch, User } from './port.ts';
import { collectionPath, type ResourceRef } from './resource-ref.ts';
import { TableView } from './table-view.ts';

/** A list, or with `name` one object of it. */
export interface Topic {
  readonly resource: ResourceRef;
  /** '' is all namespaces. */
  readonly namespace: string;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

const IDLE_MS = 30_000;
const MAX_VIEWS = 500;

interface Held {
  readonly view: TableView;
  readonly ready: Promise<void>;
  lastUse: number;
}

const queryOf = ({ labelSelector, fieldSelector }: Topic): Record<string, string> => ({
  ...(labelSelector === undefined || labelSelector === '' ? {} : { labelSelector }),
  ...(fieldSelector === undefined || fieldSelector === '' ? {} : { fieldSelector }),
});

/** Views shared by all pages of one user, closed when nobody looks any more. */
export class TableViews {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;
  readonly #sweep: NodeJS.Timeout;

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#sweep = setInterval(() => this.sweep(), IDLE_MS / 2);
    this.#sweep.unref();
  }

  /**
   * The view of a topic, filled. Rights are asked for each time, so that a view made earlier shows nothing to a user
   * who has lost them. Throws ApiError.
   */
  async open(user: User, dispatch: Dispatch, topic: Topic): Promise<TableView> {
    const path = collectionPath(topic.resource, topic.namespace);
    const key = JSON.stringify([user.name, user.uid, user.groups, path, queryOf(topic)]);
    let held = this.#held.get(key);
    if (held === undefined) held = this.#make(key, dispatch, path, queryOf(topic));
    else await callJson(dispatch, { method: 'GET', path, query: { limit: '1', resourceVersion: '0' } });
    held.lastUse = this.#now();
    await held.ready;
    return held.view;
  }

  /** Closes what was idle for long. */
  sweep(): void {
    for (const [key, held] of this.#held)
      if (held.view.listeners === 0 && this.#now() - held.lastUse > IDLE_MS) this.#drop(key, held);
  }

  get size(): number {
    return this.#held.size;
  }

  close(): void {
    clearInterval(this.#sweep);
    for (const [key, held] of this.#held) this.#drop(key, held);
  }

  #make(key: string, dispatch: Dispatch, path: string, query: Record<string, string>): Held {
    if (this.#held.size >= MAX_VIEWS) this.#dropOldest();
    const view = new TableView(dispatch, path, query);
    const held: Held = { view, ready: view.start(), lastUse: this.#now() };
    this.#held.set(key, held);
    held.ready.catch(() => {
      if (this.#held.get(key) === held) this.#drop(key, held);
    });
    return held;
  }

  #drop(key: string, held: Held): void {
    this.#held.delete(key);
    held.view.close();
  }

  #dropOldest(): void {
    let oldest: [string, Held] | undefined;
    for (const entry of this.#held) {
      if (entry[1].view.listeners > 0) continue;
      if (oldest === undefined || entry[1].lastUse < oldest[1].lastUse) oldest = entry;
    }
    if (oldest === undefined) throw new Error('too many lists are open at once: close some pages');
    this.#drop(...oldest);
  }
}
