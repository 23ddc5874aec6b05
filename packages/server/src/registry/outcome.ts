import {
  alreadyExists,
  conflict,
  failure,
  forbidden,
  internal,
  invalid,
  notFound,
  OPTIMISTIC_LOCK_MESSAGE,
  StatusError,
} from '@gantry/machinery/status';
import type { WriteOutcome } from '@gantry/store/port';
import type { PreparedWrite } from './write.ts';

/** A write that did not happen: what the client would be told, and whether trying again can help. */
export interface Refusal {
  readonly error: StatusError;
  /** Another try, from the newest state, may succeed. */
  readonly retry: boolean;
  /** A revision that the cache must reach before the next try. */
  readonly seen: number;
}

export const namespaceTerminating = (prepared: PreparedWrite, namespace: string): StatusError => {
  const { status } = forbidden(
    prepared.context.resource.gr,
    prepared.key.name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  return new StatusError({ ...status, details: { ...status.details, causes: [cause] } });
};

/** Reads why the store refused, in the words of the API. */
export function refusalOf(
  prepared: PreparedWrite,
  outcome: WriteOutcome,
  namespaceExists: (name: string) => boolean,
): Refusal | undefined {
  if (outcome.ok) return undefined;
  const { gr, kind } = prepared.context.resource;
  const { name } = prepared.key;
  switch (outcome.reason) {
    case 'exists':
      return existsRefusal(prepared);
    case 'missing':
      return { error: notFound(gr, name), retry: prepared.operation === 'none', seen: 0 };
    case 'conflict':
      return {
        error: conflict(gr, name, OPTIMISTIC_LOCK_MESSAGE),
        retry: !prepared.pinned,
        seen: outcome.current,
      };
    case 'claimed': {
      const held = prepared.claims.find(
        ({ pool, value }) => pool === outcome.claim.pool && value === outcome.claim.value,
      );
      return held?.taken === undefined
        ? {
            error: internal(`failed to allocate ${outcome.claim.value}: already allocated`),
            retry: true,
            seen: 0,
          }
        : { error: invalid(kind.group, kind.kind, name, [held.taken]), retry: false, seen: 0 };
    }
    case 'guard':
      return guardRefusal(prepared, outcome.guard, namespaceExists);
  }
}

/** That the object to be created is there; of one that goes, that it goes. */
export function existsRefusal(prepared: PreparedWrite): Refusal {
  const { context, key } = prepared;
  const { status } = alreadyExists(context.resource.gr, key.name);
  const going = context.state.entry(key)?.object.metadata.deletionTimestamp !== undefined;
  const message = `${going ? 'object is being deleted: ' : ''}${status.message}`;
  return { error: new StatusError({ ...status, message }), retry: prepared.generated === true, seen: 0 };
}

function guardRefusal(
  prepared: PreparedWrite,
  guard: Extract<WriteOutcome, { reason: 'guard' }>['guard'],
  namespaceExists: (name: string) => boolean,
): Refusal {
  const { gr } = prepared.context.resource;
  if (guard.type === 'exists' && guard.key.resource === 'namespaces') {
    const { name } = guard.key;
    const error = namespaceExists(name)
      ? namespaceTerminating(prepared, name)
      : notFound({ group: '', resource: 'namespaces' }, name);
    return { error, retry: false, seen: 0 };
  }
  if (guard.type === 'emptyNamespace')
    return {
      error: failure(
        409,
        'Conflict',
        `Operation cannot be fulfilled on namespaces ${JSON.stringify(guard.namespace)}: The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.`,
      ),
      retry: false,
      seen: 0,
    };
  return {
    error: conflict(gr, prepared.key.name, OPTIMISTIC_LOCK_MESSAGE),
    retry: !prepared.pinned,
    seen: 0,
  };
}
