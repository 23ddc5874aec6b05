import { forbidden, invalid, notSupported, required } from '@gantry/machinery/field-error';
import { isDNS1123Label } from '@gantry/machinery/validation';
import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { StatefulSet, StatefulSetSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, nonNegative } from '../../validation/common.ts';
import { defaultTemplate, keepLabels, validateSelectorAndTemplate } from './workload-rules.ts';

const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

export const statefulSetRules: KindRules<StatefulSet> = {
  warnings: ({ spec, metadata }, old) =>
    old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template),
  defaults(set) {
    defaultTemplate(set.spec.template);
    const strategy = set.spec.updateStrategy;
    if (strategy === undefined) return;
    if (!strategy.type) {
      strategy.type = 'RollingUpdate';
      strategy.rollingUpdate ??= {};
    }
    if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate !== undefined)
      strategy.rollingUpdate.partition ??= 0;
    for (const claim of set.spec.volumeClaimTemplates ?? []) {
      claim.apiVersion ??= 'v1';
      claim.kind ??= 'PersistentVolumeClaim';
    }
  },
  prepareForUpdate(set, old, context) {
    if (context.subresource === 'status') keepLabels(set, old);
  },
  validate(set) {
    const errors: Errors = [];
    validateSpec(set.spec, errors);
    return errors;
  },
  validateUpdate(set, old) {
    const rest = (spec: StatefulSetSpec): Partial<StatefulSetSpec> => {
      const copy: Partial<StatefulSetSpec> = { ...spec };
      for (const field of MUTABLE) delete copy[field];
      return copy;
    };
    if (semanticEqual(rest(set.spec), rest(old.spec))) return [];
    return [
      forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ),
    ];
  },
};

function validateSpec(spec: StatefulSetSpec, errors: Errors): void {
  const policy = spec.podManagementPolicy;
  if (!policy) errors.push(required('spec.podManagementPolicy'));
  else if (policy !== 'OrderedReady' && policy !== 'Parallel')
    errors.push(invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  validateStrategy(spec, errors);
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  for (const field of ['whenDeleted', 'whenScaled'] as const) {
    const value = retention?.[field];
    if (value !== undefined && value !== 'Retain' && value !== 'Delete')
      errors.push(
        notSupported(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, ['Retain', 'Delete']),
      );
  }
  nonNegative(spec.replicas, 'spec.replicas', errors);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  nonNegative(spec.ordinals?.start, 'spec.ordinals.start', errors);
  nonNegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
  if (spec.serviceName) check(isDNS1123Label(spec.serviceName), 'spec.serviceName', spec.serviceName, errors);
  const template = withClaimVolumes(spec);
  validateSelectorAndTemplate({ ...spec, ...template }, 'statefulset', 'StatefulSet', errors);
}

/** Mounts may name claim templates: the controller adds a volume for each of them. */
function withClaimVolumes(spec: StatefulSetSpec): Pick<StatefulSetSpec, 'template'> {
  const claims = spec.volumeClaimTemplates ?? [];
  const pod = spec.template?.spec;
  if (claims.length === 0 || pod === undefined) return { template: spec.template };
  const own = pod.volumes ?? [];
  const added = claims
    .map((claim) => claim.metadata?.name ?? '')
    .filter((name) => name !== '' && !own.some((volume) => volume.name === name))
    .map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  return { template: { ...spec.template, spec: { ...pod, volumes: [...own, ...added] } } };
}

function validateStrategy(spec: StatefulSetSpec, errors: Errors): void {
  const { type = '', rollingUpdate } = spec.updateStrategy ?? {};
  const path = 'spec.updateStrategy';
  if (type === '') errors.push(required(path));
  else if (type === 'OnDelete') {
    if (rollingUpdate !== undefined)
      errors.push(
        invalid(`${path}.rollingUpdate`, rollingUpdate, "only allowed for updateStrategy 'RollingUpdate'"),
      );
  } else if (type === 'RollingUpdate')
    nonNegative(rollingUpdate?.partition, `${path}.rollingUpdate.partition`, errors);
  else errors.push(invalid(path, spec.updateStrategy, "must be 'RollingUpdate' or 'OnDelete'"));
}
