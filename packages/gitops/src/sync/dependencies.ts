import type { Application, Repository } from '@gantry/api/generated/types';
import { keyOf } from '@gantry/client/keys';
import type { Informer, Lister } from '@gantry/client/port';
import { GitError } from '../git/tree.ts';
import { repositoryOf } from './source.ts';
import { targetOf } from './target.ts';

const CIRCLE = 'spec.dependsOn goes round in a circle';

/** Whether an Application's message says that it can't begin before somebody changes what depends on what. */
export const isCircle = (message: string | undefined): boolean => message?.startsWith(CIRCLE) === true;

const NAMES_SHOWN = 3;

/** `namespace/name` of what an Application depends on. */
const dependenciesOf = ({ metadata, spec }: Application): readonly string[] =>
  (spec.dependsOn ?? []).map(({ name, namespace }) => `${namespace ?? metadata.namespace}/${name}`);

/** Which Applications wait for which. Keys are `namespace/name`. */
class DependencyIndex {
  readonly #dependants = new Map<string, Set<string>>();
  readonly #known = new Map<string, readonly string[]>();

  set(key: string, dependencies: readonly string[]): void {
    if (dependencies.length === 0 && !this.#known.has(key)) return;
    this.remove(key);
    if (dependencies.length === 0) return;
    this.#known.set(key, dependencies);
    for (const dependency of dependencies) {
      const dependants = this.#dependants.get(dependency) ?? new Set();
      dependants.add(key);
      this.#dependants.set(dependency, dependants);
    }
  }

  remove(key: string): void {
    for (const dependency of this.#known.get(key) ?? []) {
      const dependants = this.#dependants.get(dependency);
      dependants?.delete(key);
      if (dependants?.size === 0) this.#dependants.delete(dependency);
    }
    this.#known.delete(key);
  }

  dependantsOf(key: string): readonly string[] {
    return [...(this.#dependants.get(key) ?? [])];
  }
}

/** An Application that gets synced or healthy may be what others wait for. */
export function wakeDependants(
  applications: Pick<Informer<Application>, 'addHandler'>,
  enqueue: (key: string) => void,
): void {
  const index = new DependencyIndex();
  applications.addHandler({
    onUpdate(application) {
      const key = keyOf(application);
      index.set(key, dependenciesOf(application));
      for (const dependant of index.dependantsOf(key)) enqueue(dependant);
    },
    onDelete: (application) => index.remove(keyOf(application)),
  });
}

export interface DependencyParts {
  readonly applications: Lister<Application>;
  readonly repositories: Lister<Repository>;
}

/** Why an Application must not be applied yet, in words; undefined when all that it depends on is ready: at rest where it is to be, synced, and healthy or suspended. */
export function whyBlocked(parts: DependencyParts, application: Application): string | undefined {
  const dependencies = dependenciesOf(application);
  if (dependencies.length === 0) return undefined;
  const cycle = cycleFrom(parts, keyOf(application));
  if (cycle !== undefined) return `${CIRCLE}: ${cycle.join(' → ')}; none of them can begin`;
  const open = dependencies.flatMap((dependency) => {
    const why = whyNotReady(parts, dependency, dependency.startsWith(`${application.metadata.namespace}/`));
    return why === undefined ? [] : [`Application ${dependency}: ${why}`];
  });
  if (open.length === 0) return undefined;
  const more = open.length - NAMES_SHOWN;
  return `waits for ${open.slice(0, NAMES_SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** `isOurs`: its messages are told too; those of another namespace are for who may read them there. */
function whyNotReady(parts: DependencyParts, key: string, isOurs: boolean): string | undefined {
  const application = find(parts, key);
  if (application === undefined) return 'there is no such Application';
  const { status, metadata, spec } = application;
  const target = goalIn(parts, application);
  const told = (message: string | undefined): string | undefined => (isOurs ? message : undefined);
  if (status?.operation !== undefined) return told(status.operation.message) ?? 'it is being synced';
  if (status?.commit === undefined || status.commit !== target) {
    const text = target === undefined ? 'not synced yet' : `commit ${target.slice(0, 7)} is not applied yet`;
    return told(status?.message) ?? text;
  }
  const { sync = 'Unknown', health = 'Unknown' } = status;
  const message = told(status.message);
  const isManual = spec.syncPolicy?.automated === false;
  // Without automation a newer commit may wait for a request for ever: what counts is what was asked for.
  const isSynced = isManual
    ? !(status.objects ?? []).some((entry) => entry.sync === 'OutOfSync')
    : sync === 'Synced';
  if (!isSynced) return message === undefined ? `it is ${sync}` : `it is ${sync}, ${message}`;
  if (status.observedGeneration !== metadata.generation) return 'it has just been changed';
  return health === 'Healthy' || health === 'Suspended' ? undefined : `it is ${health}`;
}

/**
 * What it is to be at: what it follows, the commit that it was rolled back to, or, without automation, what was applied.
 * Undefined when that can't be told.
 */
function goalIn({ repositories }: DependencyParts, application: Application): string | undefined {
  const { status, spec } = application;
  try {
    if (spec.syncPolicy?.automated === false && status?.commit !== undefined) return status.commit;
    const target = targetOf(application, repositoryOf(application, repositories));
    const { quarantine } = status ?? {};
    return quarantine?.commit === target ? (quarantine?.rolledBackTo ?? target) : target;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}

function find({ applications }: DependencyParts, key: string): Application | undefined {
  const [namespace = '', name = ''] = key.split('/');
  return applications.get(namespace, name);
}

/** A chain of dependencies that leads from an Application back to itself. */
function cycleFrom(parts: DependencyParts, start: string): readonly string[] | undefined {
  const seen = new Set<string>();
  const trail: { readonly key: string; readonly next: string[] }[] = [];
  const enter = (key: string): void => {
    const application = find(parts, key);
    trail.push({ key, next: application === undefined ? [] : [...dependenciesOf(application)] });
  };
  enter(start);
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const key = top.next.shift();
    if (key === undefined) trail.pop();
    else if (key === start) return [...trail.map((one) => one.key), start];
    else if (!seen.has(key)) {
      seen.add(key);
      enter(key);
    }
  }
  return undefined;
}
