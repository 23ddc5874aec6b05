import type { ControllerRevision } from '@gantry/api/generated/types';
import { compareResourceVersions } from '@gantry/client/keys';
import { controllerRevisions } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import type { ControllerContext } from '@gantry/runtime/port';
import { controllerRef } from './owners.ts';
import { canonical, fnv32a, safeEncode } from './pod-template.ts';

export const REVISION_HASH = 'controller-revision-hash';
const HASH_LABEL = 'controller.kubernetes.io/hash';

/** DaemonSets mark their revisions with the label that their pods have. */
const hashLabelOf = (owner: KubeObject): string => (owner.kind === 'DaemonSet' ? REVISION_HASH : HASH_LABEL);

/** The hash that names a revision; also of one made before its label had this name. */
export const hashOf = ({ metadata: { labels = {}, name } }: ControllerRevision): string =>
  labels[REVISION_HASH] ?? labels[HASH_LABEL] ?? name;

export interface Versioned extends KubeObject {
  readonly spec: { readonly template: { readonly metadata?: { readonly labels?: Record<string, string> } } };
}

/**
 * What a revision holds: a patch that puts the template back, as `kubectl rollout undo` applies it. Clients compare it
 * byte by byte, with the members of each object in order.
 */
const revisionData = (owner: Versioned): Record<string, unknown> =>
  JSON.parse(canonical({ spec: { template: { ...owner.spec.template, $patch: 'replace' } } })) as Record<
    string,
    unknown
  >;

/** Oldest first. */
const byRevision = (a: ControllerRevision, b: ControllerRevision): number =>
  (a.revision ?? 0) - (b.revision ?? 0) ||
  compareResourceVersions(a.metadata.resourceVersion, b.metadata.resourceVersion);

const sameData = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/**
 * The revision of the owner's present template: the newest if it is that, an older one made the newest again (a
 * rollback), or a new one. `onCollision` is told when the name was taken by another template.
 */
export async function syncRevision(
  owner: Versioned,
  existing: readonly ControllerRevision[],
  collisionCount: number,
  { client }: ControllerContext,
): Promise<{ readonly revision: ControllerRevision; readonly collisionCount: number }> {
  const data = revisionData(owner);
  const sorted = [...existing].sort(byRevision);
  const newest = sorted.at(-1);
  const equal = sorted.findLast((revision) => sameData(revision.data, data));
  const next = (newest?.revision ?? 0) + 1;
  if (equal !== undefined) {
    if (equal === newest) return { revision: equal, collisionCount };
    return {
      revision: await client.update(controllerRevisions, { ...equal, revision: next }),
      collisionCount,
    };
  }
  for (let collisions = collisionCount; ; collisions++) {
    const wanted = newRevision(owner, data, next, collisions);
    try {
      return { revision: await client.create(controllerRevisions, wanted), collisionCount: collisions };
    } catch (error) {
      if (!isStatusError(error, 'AlreadyExists')) throw error;
      const { namespace = '', name } = wanted.metadata;
      const taken = await client.get(controllerRevisions, namespace, name);
      if (sameData(taken.data, data)) return { revision: taken, collisionCount: collisions };
    }
  }
}

function newRevision(
  owner: Versioned,
  data: Record<string, unknown>,
  revision: number,
  collisionCount: number,
): ControllerRevision {
  const hash = safeEncode(String(fnv32a(canonical(data) + (collisionCount > 0 ? collisionCount : ''))));
  const { name, namespace = '', annotations } = owner.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name.slice(0, 223)}-${hash}`,
      namespace,
      labels: { ...owner.spec.template.metadata?.labels, [hashLabelOf(owner)]: hash },
      ...(annotations === undefined ? {} : { annotations }),
      ownerReferences: [controllerRef(owner)],
    },
    data,
    revision,
  } as unknown as ControllerRevision;
}

/** Revisions that no pod uses any more, beyond the limit, oldest first. */
export function decideTruncation(
  revisions: readonly ControllerRevision[],
  live: ReadonlySet<string>,
  limit: number,
): readonly ControllerRevision[] {
  const unused = revisions.filter((revision) => !live.has(revision.metadata.name)).sort(byRevision);
  return unused.slice(0, Math.max(unused.length - limit, 0));
}

/** The template that a revision holds. */
export function templateOf(revision: ControllerRevision): Record<string, unknown> | undefined {
  const data = revision.data as { spec?: { template?: Record<string, unknown> } } | undefined;
  const template = data?.spec?.template;
  if (template === undefined) return undefined;
  const { $patch: _, ...rest } = template;
  return rest;
}
