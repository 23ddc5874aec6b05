import type { Status } from '@gantry/machinery/status';
import { ApiError, callJson, statusOf, TABLE_ACCEPT } from './api.ts';
import type { Dispatch } from './port.ts';
import { rowsOf, type Table, type TableColumn, type TableRow } from './table.ts';

const RETRY_MS = 1_000;
const RETRY_MAX_MS = 30_000;

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Table & Partial<Status>;
}

/**
 * The rows of one list as one user may see it, kept true by a watch. Filtering, sorting and paging work on it, so that
 * the browser holds no more than it shows.
 */
export class TableView {
  readonly rows = new Map<string, TableRow>();
  columns: readonly TableColumn[] = [];
  /** Of the last change that concerns this list. */
  revision = 0;
  readonly #dispatch: Dispatch;
  readonly #path: string;
  readonly #query: Readonly<Record<string, string>>;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;

  constructor(dispatch: Dispatch, path: string, query: Readonly<Record<string, string>>) {
    this.#dispatch = dispatch;
    this.#path = path;
    this.#query = query;
  }

  /** Lists and begins to watch. Throws ApiError when the user may not list. */
  async start(): Promise<void> {
    const from = await this.#list();
    await this.#watch(from);
  }

  /** Called after each change; returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#stop?.();
    this.#listeners.clear();
    this.rows.clear();
  }

  async #list(): Promise<string> {
    const table = await callJson<Table>(this.#dispatch, {
      method: 'GET',
      path: this.#path,
      query: this.#query,
      headers: { accept: TABLE_ACCEPT },
    });
    this.columns = table.columnDefinitions ?? [];
    this.rows.clear();
    for (const { row } of rowsOf(table)) this.rows.set(row.uid, row);
    const from = table.metadata?.resourceVersion ?? '0';
    this.revision = Number(from);
    return from;
  }

  async #watch(from: string): Promise<void> {
    const answer = await this.#dispatch({
      method: 'GET',
      path: this.#path,
      query: { ...this.#query, watch: 'true', resourceVersion: from, allowWatchBookmarks: 'true' },
      headers: { accept: TABLE_ACCEPT },
    });
    if (answer.stream === undefined) throw new ApiError(statusOf(answer));
    if (this.#closed) return;
    let rest = '';
    let last = from;
    this.#stop = answer.stream({
      unsent: 0,
      write: (frames) => {
        const lines = (rest + frames.toString()).split('\n');
        rest = lines.pop() ?? '';
        let changed = false;
        for (const line of lines) {
          if (line === '') continue;
          const event = JSON.parse(line) as WatchEvent;
          if (event.type === 'ERROR') last = '';
          else if (event.type === 'BOOKMARK') last = bookmarkOf(event) ?? last;
          else {
            changed = this.#apply(event) || changed;
            last = String(this.revision);
          }
        }
        if (changed) this.#tell();
      },
      end: () => this.#resume(last),
    });
    this.#failures = 0;
  }

  #apply(event: WatchEvent): boolean {
    for (const { row, revision } of rowsOf(event.object, this.columns)) {
      if (event.type === 'DELETED') this.rows.delete(row.uid);
      else this.rows.set(row.uid, row);
      this.revision = Math.max(this.revision, revision);
    }
    return true;
  }

  /** A watch ends by its time-out or because the past is gone: then everything is read anew. */
  #resume(from: string): void {
    if (this.#closed) return;
    const delay = this.#failures === 0 ? 0 : Math.min(RETRY_MS * 2 ** this.#failures, RETRY_MAX_MS);
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      const again = from === '' ? this.start() : this.#watch(from);
      again.then(
        () => this.#tell(),
        () => this.#resume(''),
      );
    }, delay);
    this.#retry.unref();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const bookmarkOf = ({ object }: WatchEvent): string | undefined =>
  object.rows?.[0]?.object?.metadata?.resourceVersion ?? object.metadata?.resourceVersion;
