import type { ControllerRevision, PodTemplateSpec, ReplicaSet } from '@gantry/api/generated/types';
import type { KubeList } from '@gantry/machinery/object';
import { stringifyYaml } from '@gantry/machinery/yaml';
import { z } from 'zod';
import { callJson } from './api.ts';
import { collectionPath, type ObjectRef, objectPath, objectRef } from './resource-ref.ts';
import type { Context } from './trpc.ts';

/** A workload that can be rolled back. */
export const workloadRef = objectRef.extend({
  resource: z.object({
    group: z.literal('apps'),
    version: z.literal('v1'),
    plural: z.enum(['deployments', 'statefulsets', 'daemonsets']),
  }),
});

/** What a workload ran, or runs. */
export interface Revision {
  readonly revision: number;
  /** The ReplicaSet or ControllerRevision that keeps it. */
  readonly name: string;
  readonly createdAt: string;
  /** Of the annotation `kubernetes.io/change-cause`; '' when nobody wrote one. */
  readonly cause: string;
  readonly images: readonly string[];
  /** The pod template as YAML. */
  readonly yaml: string;
  readonly template: PodTemplateSpec;
  readonly isCurrent: boolean;
}

export interface Workload {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string };
  readonly spec: { readonly paused?: boolean; readonly template: PodTemplateSpec };
}

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';
const HASH_LABEL = 'pod-template-hash';

interface Kept {
  readonly name: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly cause: string;
  readonly template: PodTemplateSpec;
}

/** The template as a person wrote it: without the label that tells the ReplicaSets apart. */
function plain(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

const ownedBy = (uid: string, object: ReplicaSet | ControllerRevision): boolean =>
  object.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.controller === true) === true;

async function keptOf(ctx: Context, { resource, namespace }: ObjectRef, uid: string): Promise<Kept[]> {
  const list = async <T extends ReplicaSet | ControllerRevision>(plural: string): Promise<T[]> => {
    const path = collectionPath({ ...resource, plural }, namespace);
    const { items } = await callJson<KubeList<T>>(ctx.dispatch, { method: 'GET', path });
    return items.filter((object) => ownedBy(uid, object));
  };
  if (resource.plural === 'deployments') {
    const sets = await list<ReplicaSet>('replicasets');
    return sets.flatMap(({ metadata, spec }) =>
      spec?.template === undefined
        ? []
        : {
            name: metadata.name,
            revision: Number(metadata.annotations?.[REVISION] ?? 0),
            createdAt: metadata.creationTimestamp ?? '',
            cause: metadata.annotations?.[CAUSE] ?? '',
            template: plain(spec.template),
          },
    );
  }
  const revisions = await list<ControllerRevision>('controllerrevisions');
  return revisions.flatMap(({ metadata, revision, data }) => {
    const template = (data as { spec?: { template?: PodTemplateSpec & { $patch?: string } } } | undefined)
      ?.spec?.template;
    if (template === undefined) return [];
    const { $patch: _, ...rest } = template;
    return {
      name: metadata.name,
      revision,
      createdAt: metadata.creationTimestamp ?? '',
      cause: metadata.annotations?.[CAUSE] ?? '',
      template: plain(rest),
    };
  });
}

export const readWorkload = (ctx: Context, ref: ObjectRef): Promise<Workload> =>
  callJson<Workload>(ctx.dispatch, { method: 'GET', path: objectPath(ref) });

/** What the workload runs and ran, the newest first. */
export async function revisionsOf(ctx: Context, ref: ObjectRef, workload: Workload): Promise<Revision[]> {
  const kept = await keptOf(ctx, ref, workload.metadata.uid);
  kept.sort((a, b) => b.revision - a.revision);
  return kept.map((one, index) => ({
    ...one,
    // The newest is what is wanted now: a roll back to an old one gives that a new number.
    isCurrent: index === 0,
    images: (one.template.spec?.containers ?? []).map(({ image = '' }) => image),
    yaml: stringifyYaml(one.template),
  }));
}
