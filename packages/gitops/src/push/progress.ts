import type {
  Application,
  ApplicationHistoryEntry,
  ApplicationObjectStatus,
} from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Informer } from '@gantry/client/port';
import { isCircle } from '../sync/dependencies.ts';
import { isSplit } from '../sync/waves/outcome.ts';

export interface Listener {
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Followed {
  readonly namespace: string;
  readonly name: string;
  readonly commit: string;
  readonly before: string | undefined;
}

const TIMEOUT_MS = 120_000;
/** What has no health of its own to wait for is not worth a line. */
const QUIET_KINDS = new Set([
  'ConfigMap',
  'Secret',
  'Namespace',
  'Service',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
]);
/** Of a large application, what is not as it should be is worth a line; the rest is in the console. */
const LINES_MAX = 200;

const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** Shows how an Application gets healthy after a push, one line a step. */
export class ProgressWatch {
  /** By Application; told of each state, and of its end by undefined. */
  readonly #followers = new Map<string, Set<(application: Application | undefined) => void>>();
  readonly #informer: Pick<Informer<Application>, 'addHandler' | 'get'>;

  constructor(informer: Pick<Informer<Application>, 'addHandler' | 'get'>) {
    this.#informer = informer;
    const followersOf = (application: Application) => [...(this.#followers.get(keyOf(application)) ?? [])];
    informer.addHandler({
      onUpdate: (application) => {
        for (const follower of followersOf(application)) follower(application);
      },
      onDelete: (application) => {
        for (const follower of followersOf(application)) follower(undefined);
      },
    });
  }

  /**
   * Resolves when healthy, failed, superseded, unable to begin, deleted, out of time, or nobody listens any more. `before`: the newest commit in
   * the history when the push was checked.
   */
  follow({ namespace, name, commit, before }: Followed, listener: Listener): Promise<void> {
    const begin = performance.now();
    const shown = new Map<string, string>();
    const say = (subject: string, text: string): void => {
      if (shown.get(subject) === text) return;
      if (shown.size >= LINES_MAX && !shown.has(subject) && subject.includes('/')) return;
      shown.set(subject, text);
      listener.say(`${name}  ${subject}  ${text}  ${seconds(begin)}`);
    };
    return new Promise((resolve) => {
      const key = `${namespace}/${name}`;
      const followers = this.#followers.get(key) ?? new Set();
      this.#followers.set(key, followers);
      const end = (): void => {
        clearTimeout(timer);
        followers.delete(step);
        if (followers.size === 0) this.#followers.delete(key);
        resolve();
      };
      const step = (application: Application | undefined): void => {
        // As when the push took its manifest from an application of applications.
        if (application === undefined) say('sync', 'ends: the Application is deleted');
        if (application === undefined || isOver(application, commit, before, say)) end();
      };
      const timer = setTimeout(() => {
        listener.say(
          `${name}  not healthy after ${TIMEOUT_MS / 1000} s; it goes on: see the console, or kubectl -n ${namespace} get application ${name} -o yaml`,
        );
        end();
      }, TIMEOUT_MS);
      followers.add(step);
      if (listener.signal.aborted) end();
      else listener.signal.addEventListener('abort', end, { once: true });
      // The sync may have been faster: who sees that the refs moved need not have heard it from this push.
      const current = this.#informer.get(namespace, name);
      if (current !== undefined) step(current);
    });
  }
}

/** Says what is new in a state; true when there is nothing more to wait for. `before`: newest commit before the push. */
function isOver(
  application: Application,
  commit: string,
  before: string | undefined,
  say: (subject: string, text: string) => void,
): boolean {
  const { status } = application;
  if (status === undefined) return false;
  const [newest, ...older] = status.history ?? [];
  const { operation } = status;
  if (operation?.commit === commit && operation.retryTime === undefined) {
    say(operation.failure === undefined ? 'sync' : 'failed', operation.message ?? 'begins');
    for (const entry of status.objects ?? []) if (isAwaited(entry)) sayObject(entry, say);
    return false;
  }
  if (newest?.commit !== commit) {
    if (status.targetCommit === commit && status.message !== undefined) say('sync', status.message);
    // The same commit may have been applied long before: a push can go back.
    const end = before === undefined ? older.length : older.findIndex((entry) => entry.commit === before);
    const since = older.slice(0, Math.max(0, end));
    const superseded = newest !== undefined && since.some((entry) => entry.commit === commit);
    if (superseded) say('sync', `superseded by ${newest.commit.slice(0, 7)}`);
    return superseded || (status.targetCommit === commit && isCircle(status.message));
  }
  if (newest.result === 'Failed') {
    say('sync', `failed: ${newest.reason ?? 'see the Application'}`);
    return true;
  }
  if (newest.result === 'Superseded') {
    say('sync', `superseded: ${newest.reason ?? 'a newer commit came'}`);
    return true;
  }
  say('applied', describeApplied(newest));
  for (const entry of status.objects ?? []) sayObject(entry, say);
  const isFinal = ['Healthy', 'Degraded', 'Suspended'].includes(status.health ?? '');
  if (isFinal) say('health', status.health ?? '');
  return isFinal;
}

/** Also says when it took more than one wave or transaction. */
function describeApplied(entry: ApplicationHistoryEntry): string {
  const { created = 0, changed = 0, pruned = 0, waves = 1, transactions = 1 } = entry;
  const parts = [
    ...(waves > 1 ? [`${waves} waves`] : []),
    ...(isSplit(entry) ? [`${transactions} transactions, being larger than one may be`] : []),
  ];
  const how = parts.length === 0 ? '' : ` in ${parts.join(' and ')}`;
  return `${created} created, ${changed} changed, ${pruned} pruned${how}`;
}

/** What a sync that is under way may be waiting for. */
const isAwaited = ({ health }: ApplicationObjectStatus): boolean =>
  health === 'Progressing' || health === 'Degraded';

function sayObject(entry: ApplicationObjectStatus, say: (subject: string, text: string) => void): void {
  const quiet = QUIET_KINDS.has(entry.kind) && (entry.health === 'Healthy' || entry.health === 'Progressing');
  if (!quiet) say(`${entry.kind}/${entry.name}`, entry.message ?? entry.health ?? '');
}
