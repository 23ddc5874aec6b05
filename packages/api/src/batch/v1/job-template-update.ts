import { invalid } from '@gantry/machinery/field-error';
import { PodSpec as PodSpecType } from '../../core/v1/types/pod-spec.ts';
import type { Job, JobSpec } from '../../generated/types.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import type { Errors } from '../../validation/common.ts';
import { goStruct } from '../../validation/go-struct.ts';

/**
 * Whether the pods of a Job may still be told where to run and how much they get: it is suspended, and none of its pods
 * is left.
 */
export function isTemplateOpen({ spec, status }: Job): boolean {
  if (spec.suspend !== true || (status?.active ?? 0) !== 0) return false;
  return (
    status?.startTime === undefined ||
    (status.conditions ?? []).some((one) => one.type === 'Suspended' && one.status === 'True')
  );
}

/** The pod without scheduling directives and the resources of containers. */
function fixedPart({ template }: JobSpec): unknown {
  if (template.spec === undefined) return {};
  const {
    nodeSelector: _n,
    tolerations: _t,
    schedulingGates: _g,
    affinity,
    containers,
    initContainers,
    ...pod
  } = template.spec;
  const { nodeAffinity: _a, ...affinityRest } = affinity ?? {};
  const unsized = (list: readonly object[] = []): unknown =>
    list.map((container) => ({ ...container, resources: undefined }));
  return {
    ...pod,
    affinity: affinityRest,
    containers: unsized(containers),
    initContainers: unsized(initContainers),
  };
}

/** Reports a change beyond what `isTemplateOpen` allows. */
export function validateOpenTemplate(spec: JobSpec, old: JobSpec, errors: Errors): void {
  if (semanticEqual(fixedPart(spec), fixedPart(old))) return;
  errors.push(
    invalid('spec.template.spec', goStruct(PodSpecType, spec.template.spec ?? {}), 'field is immutable'),
  );
}
