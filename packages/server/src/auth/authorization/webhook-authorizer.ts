import { isObject } from '@gantry/machinery/json';
import { LRUCache } from 'lru-cache';
import { withRetries } from '../../outbound/retries.ts';
import type { Decision, RequestAttributes, UserInfo } from '../../request.ts';
import { joinFaults } from '../join-faults.ts';
import { fieldRequirements, labelRequirements, type SelectorRequirement } from './selectors.ts';

/** What a webhook says: a denial ends the question, no opinion passes it on. */
export type Opinion = Decision & { readonly denied?: boolean };

export interface WebhookAuthorizerOptions {
  readonly version: 'v1' | 'v1beta1';
  readonly authorizedMs: number;
  readonly unauthorizedMs: number;
  /** What a failed call means. */
  readonly failure: 'NoOpinion' | 'Deny';
  /** Whether the webhook is to be asked; all must hold. Throws when that can't be told. */
  readonly conditions?: readonly ((review: SubjectAccessReviewSpec) => boolean)[];
  /** Posts a SubjectAccessReview; rejects when no answer came. */
  post(body: string): Promise<unknown>;
  readonly now: () => number;
}

/** The spec of a SubjectAccessReview, as it is sent. */
export interface SubjectAccessReviewSpec {
  readonly resourceAttributes?: Readonly<Record<string, unknown>>;
  readonly nonResourceAttributes?: { readonly path: string; readonly verb: string };
  readonly user: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
  readonly uid?: string;
}

export interface WebhookAuthorizer {
  /** Never rejects: a failure counts as the options say. */
  authorize(user: UserInfo, attributes: RequestAttributes): Promise<Opinion>;
}

const MAX_CACHED = 8_192;
/** Questions with longer texts are not remembered. */
const MAX_CACHED_TEXT = 10_000;
const NO_OPINION: Opinion = Object.freeze({ allowed: false, reason: '' });
/** Questions under way at once; more count as failed. */
const MAX_PENDING = 1_024;
const FIRST_WAIT_MS = 500;

const given = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined));

const selectorOf = (requirements: readonly SelectorRequirement[]) =>
  requirements.length === 0 ? undefined : { requirements };

function specOf(user: UserInfo, attributes: RequestAttributes): SubjectAccessReviewSpec {
  const { namespace, verb, group, version, resource, subresource, name, path } = attributes;
  const what = attributes.isResourceRequest
    ? {
        resourceAttributes: given({
          ...{ namespace, verb, group, version, resource, subresource, name },
          fieldSelector: selectorOf(fieldRequirements(attributes.fieldSelector)),
          labelSelector: selectorOf(labelRequirements(attributes.labelSelector)),
        }),
      }
    : { nonResourceAttributes: { path, verb } };
  return {
    ...what,
    user: user.name,
    ...(user.groups.length === 0 ? {} : { groups: user.groups }),
    ...(user.extra === undefined ? {} : { extra: user.extra }),
    ...(user.uid === undefined ? {} : { uid: user.uid }),
  };
}

function opinionOf(answer: unknown): Opinion {
  const status = isObject(answer) && isObject(answer.status) ? answer.status : {};
  const reason = typeof status.reason === 'string' ? status.reason : '';
  if (status.denied === true && status.allowed === true)
    throw new Error('webhook subject access review returned both allow and deny response');
  if (status.denied === true) return { allowed: false, denied: true, reason };
  return { allowed: status.allowed === true, reason };
}

type Conditions = NonNullable<WebhookAuthorizerOptions['conditions']>;

/** One that is false decides, whatever goes wrong with the others. Throws an Error with all that went wrong. */
function conditionsHold(conditions: Conditions, spec: SubjectAccessReviewSpec): boolean {
  const faults: string[] = [];
  for (const holds of conditions) {
    try {
      if (!holds(spec)) return false;
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (faults.length > 0) throw new Error(joinFaults(faults));
  return true;
}

/** Asks another server by SubjectAccessReviews, and remembers answers for a while. */
export function createWebhookAuthorizer(options: WebhookAuthorizerOptions): WebhookAuthorizer {
  const { version, now, failure, conditions = [] } = options;
  const known = new LRUCache<string, { readonly opinion: Opinion; readonly until: number }>({
    max: MAX_CACHED,
  });
  const pending = new Map<string, Promise<Opinion>>();
  const failed = (error: string): Opinion => ({
    ...{ allowed: false, reason: '', error },
    ...(failure === 'Deny' ? { denied: true } : {}),
  });
  const ask = async (key: string, spec: SubjectAccessReviewSpec): Promise<Opinion> => {
    const { groups, ...older } = spec;
    const sent = version === 'v1' ? spec : { ...older, ...(groups === undefined ? {} : { group: groups }) };
    const body = `{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/${version}","metadata":{},"spec":${JSON.stringify(sent)},"status":{"allowed":false}}`;
    const opinion = opinionOf(await withRetries(() => options.post(body), FIRST_WAIT_MS));
    const keepMs = opinion.allowed ? options.authorizedMs : options.unauthorizedMs;
    if (keepMs > 0 && key.length < MAX_CACHED_TEXT) known.set(key, { opinion, until: now() + keepMs });
    return opinion;
  };
  return {
    async authorize(user, attributes) {
      const spec = specOf(user, attributes);
      const key = JSON.stringify(spec);
      try {
        if (!conditionsHold(conditions, spec)) return NO_OPINION;
        const hit = known.get(key);
        if (hit !== undefined && hit.until > now()) return hit.opinion;
        const running = pending.get(key);
        if (running !== undefined) return await running;
        if (pending.size >= MAX_PENDING) return failed('too many questions are under way');
        const asking = ask(key, spec).finally(() => pending.delete(key));
        pending.set(key, asking);
        return await asking;
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
