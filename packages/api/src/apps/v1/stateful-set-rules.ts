import { forbidden, invalid, notSupportedInOrder, required } from '@gantry/machinery/field-error';
import { isDNS1123Label } from '@gantry/machinery/validation';
import { validateClaimSpec } from '../../core/v1/persistent-volume-claim-rules.ts';
import { templateWarnings } from '../../core/v1/pod-warnings.ts';
import type { StatefulSet, StatefulSetSpec } from '../../generated/types.ts';
import type { KindRules } from '../../kind.ts';
import { semanticEqual } from '../../schema/deep-equal.ts';
import { check, type Errors, nonNegative } from '../../validation/common.ts';
import { defaultTemplate, keepLabels, validateSelectorAndTemplate } from './workload-rules.ts';
import { validateStatefulSetStatus } from './workload-status.ts';

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
  warnings: ({ spec, metadata }, old) => [
    ...(old !== undefined && metadata.generation === old.metadata.generation
      ? []
      : templateWarnings(spec.template)),
    ...((spec.revisionHistoryLimit ?? 0) < 0
      ? [
          'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
        ]
      : []),
  ],
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
      claim.apiVersion = 'v1';
      claim.kind = 'PersistentVolumeClaim';
    }
  },
  prepareForCreate(set) {
    // Beta, and off by default.
    delete set.spec.updateStrategy?.rollingUpdate?.maxUnavailable;
  },
  prepareForUpdate(set, old, context) {
    if (context.subresource === 'status') keepLabels(set, old);
    if (old.spec.updateStrategy?.rollingUpdate?.maxUnavailable === undefined)
      delete set.spec.updateStrategy?.rollingUpdate?.maxUnavailable;
  },
  validateStatusUpdate: validateStatefulSetStatus,
  validate(set, _context, old) {
    const errors: Errors = [];
    validateSpec(set.spec, old, errors);
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

function validateSpec(spec: StatefulSetSpec, old: StatefulSet | undefined, errors: Errors): void {
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
        notSupportedInOrder(`spec.persistentVolumeClaimRetentionPolicy.${field}`, value, [
          'Retain',
          'Delete',
        ]),
      );
  }
  // Both are immutable: what is stored already is tolerated.
  const claims = old === undefined ? (spec.volumeClaimTemplates ?? []) : [];
  for (const [index, claim] of claims.entries())
    validateClaimSpec(claim.spec ?? {}, `spec.volumeClaimTemplates[${index}].spec`, errors);
  nonNegative(spec.replicas, 'spec.replicas', errors);
  nonNegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  nonNegative(spec.ordinals?.start, 'spec.ordinals.start', errors);
  if (spec.serviceName && old === undefined)
    check(isDNS1123Label(spec.serviceName), 'spec.serviceName', spec.serviceName, errors);
  validateSelectorAndTemplate(
    { ...spec, template: templateOfPods(spec) },
    { owner: 'statefulset', supporter: 'StatefulSet', unusable: '' },
    errors,
  );
}

/**
 * The template as the controller completes it: it names each pod, and mounts may name claim templates, for
 * each of which it adds a volume.
 */
function templateOfPods(spec: StatefulSetSpec): StatefulSetSpec['template'] {
  const pod = spec.template?.spec;
  if (pod === undefined) return spec.template;
  const { hostname: _hostname, subdomain: _subdomain, ...rest } = pod;
  const names = new Set((spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? ''));
  const volumes = [
    ...[...names].map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...(pod.volumes ?? []).filter((volume) => !names.has(volume.name)),
  ];
  return { ...spec.template, spec: { ...rest, ...(volumes.length > 0 && { volumes }) } };
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
  else
    errors.push(
      invalid(
        path,
        {
          Type: type ?? '',
          RollingUpdate:
            rollingUpdate === undefined
              ? null
              : {
                  Partition: rollingUpdate.partition ?? 0,
                  MaxUnavailable: rollingUpdate.maxUnavailable ?? null,
                },
        },
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    );
}
