import type { PlanChange, PlanSpec, PlanStatus } from '@gantry/api/generated/types';
import type { Client } from '@gantry/client/port';
import type { KindFinder, ServedKind } from '../render/kinds.ts';

export interface ReadableParts {
  /** May ask what others may do. */
  readonly client: Client;
  readonly kinds: KindFinder;
}

type Asker = Pick<PlanSpec, 'user' | 'groups'>;

const HIDDEN = '(hidden)';
const NOTE = 'you may not read this object: its live values are hidden';
/** Objects that are asked about one by one; beyond that all of a kind and namespace have to be readable. */
const NAMES_MAX = 200;

interface AccessReview {
  readonly status?: { readonly allowed?: boolean };
}

/**
 * A plan is made with the rights of its Application, and whoever asked for it chose the manifests: of an object that they
 * may not read, it shows what Git says and nothing of what is there.
 */
export async function hideUnreadable(
  parts: ReadableParts,
  asker: Asker,
  status: PlanStatus,
): Promise<PlanStatus> {
  const reader = new Reader(parts, asker);
  const changes: PlanChange[] = [];
  for (const change of status.changes ?? []) {
    const isShown = change.fields === undefined || change.operation === 'create';
    changes.push(isShown || (await reader.mayRead(change)) ? change : hidden(change));
  }
  return { ...status, changes };
}

function hidden(change: PlanChange): PlanChange {
  const fields = change.fields?.map(({ replaces: _, ...field }) => ({
    ...field,
    ...(field.before === undefined ? {} : { before: HIDDEN as never }),
    ...(field.after === undefined || field.origin === 'Git' ? {} : { after: HIDDEN as never }),
  }));
  const note = change.note === undefined ? NOTE : `${change.note}; ${NOTE}`;
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
