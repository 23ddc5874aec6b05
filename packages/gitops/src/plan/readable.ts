import type { PlanChange, PlanStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import type { KindFinder, ServedKind } from '../render/kinds.ts';

export interface ReadableParts {
  /** May ask what others may do. */
  readonly client: Client;
  readonly kinds: KindFinder;
}

export type Asker = { readonly user?: string; readonly groups?: readonly string[] };

/** Whose rights decide what of a plan is kept. */
export interface PlanReaders {
  /** Of the Plan. */
  readonly namespace: string;
  /** Who chose the manifests. */
  readonly asker: Asker;
  /** With whose rights a sync acts: whoever may read Plans in the namespace sees no further than that reaches. */
  readonly actor: Asker;
}

const HIDDEN = '(hidden)';
const NOTE = 'who asked for the plan may not read this object: its live values are hidden';
const NOTE_OUTSIDE =
  'the Application may not read this object of another namespace: its live values are hidden';
/** Objects that are asked about one by one; beyond that all of a kind and namespace have to be readable. */
const NAMES_MAX = 200;

interface AccessReview {
  readonly status?: { readonly allowed?: boolean };
}

/**
 * A plan is made with the rights of its Application, and whoever asked for it chose the manifests: of an object that they
 * may not read, it shows what Git says and nothing of what is there. Outside of the Plan's namespace, where its readers
 * need not have any rights, both have to be allowed to read it.
 */
export async function hideUnreadable(
  parts: ReadableParts,
  { namespace, asker, actor }: PlanReaders,
  status: PlanStatus,
): Promise<PlanStatus> {
  const reader = new Reader(parts, asker);
  const sync = new Reader(parts, actor);
  const changes: PlanChange[] = [];
  let detailsOmitted = 0;
  for (const change of status.changes ?? []) {
    const why =
      change.fields === undefined || change.operation === 'create'
        ? undefined
        : !(await reader.mayRead(change))
          ? NOTE
          : change.namespace === namespace || (await sync.mayRead(change))
            ? undefined
            : NOTE_OUTSIDE;
    if (why !== undefined) detailsOmitted += 1;
    changes.push(why === undefined ? change : hidden(change, why));
  }
  return { ...status, changes, ...(detailsOmitted === 0 ? {} : { detailsOmitted }) };
}

function hidden(change: PlanChange, why: string): PlanChange {
  const fields = change.fields?.map(({ replaces: _, ...field }) => ({
    ...field,
    ...(field.before === undefined ? {} : { before: HIDDEN as never }),
    ...(field.after === undefined || field.origin === 'Git' ? {} : { after: HIDDEN as never }),
  }));
  const note = change.note === undefined ? why : `${change.note}; ${why}`;
  return { ...change, ...(fields === undefined ? {} : { fields }), note };
}

/** Asks once about each kind and namespace, then about names. */
class Reader {
  readonly #parts: ReadableParts;
  readonly #asker: Asker;
  readonly #whole = new Map<string, Promise<boolean>>();
  #names = 0;

  constructor(parts: ReadableParts, asker: Asker) {
    this.#parts = parts;
    this.#asker = asker;
  }

  async mayRead({ apiVersion, kind, namespace = '', name }: PlanChange): Promise<boolean> {
    const served = await this.#parts.kinds.find(apiVersion, kind);
    if (served === undefined || this.#asker.user === undefined) return false;
    const key = `${apiVersion}/${kind}/${namespace}`;
    const whole = this.#whole.get(key) ?? this.#ask(served, namespace, '');
    this.#whole.set(key, whole);
    if (await whole) return true;
    this.#names += 1;
    return this.#names <= NAMES_MAX && this.#ask(served, namespace, name);
  }

  async #ask({ group, plural: resource }: ServedKind, namespace: string, name: string): Promise<boolean> {
    const { user, groups = [] } = this.#asker;
    const answer = await this.#parts.client.request<AccessReview>(
      'POST',
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user, groups, resourceAttributes: { verb: 'get', group, resource, namespace, name } },
      },
    );
    return answer.status?.allowed === true;
  }
}
