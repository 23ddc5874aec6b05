import { PodTemplateSpec } from '../../../core/v1/types/pod-spec.ts';
import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const PodFailurePolicyOnExitCodesRequirement = struct(
  'io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement',
  {
    containerName: string(),
    operator: string({ required: true }),
    values: array(int32(), { required: true, listType: 'set' }),
  },
);

export const PodFailurePolicyOnPodConditionsPattern = struct(
  'io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern',
  {
    status: string({ default: 'True', published: '' }),
    type: string({ required: true }),
  },
);

export const PodFailurePolicyRule = struct('io.k8s.api.batch.v1.PodFailurePolicyRule', {
  action: string({ required: true }),
  onExitCodes: ref(() => PodFailurePolicyOnExitCodesRequirement),
  onPodConditions: array(
    ref(() => PodFailurePolicyOnPodConditionsPattern),
    { listType: 'atomic' },
  ),
});

export const PodFailurePolicy = struct('io.k8s.api.batch.v1.PodFailurePolicy', {
  rules: array(
    ref(() => PodFailurePolicyRule),
    { required: true, listType: 'atomic' },
  ),
});

export const SuccessPolicyRule = struct('io.k8s.api.batch.v1.SuccessPolicyRule', {
  succeededCount: int32(),
  succeededIndexes: string(),
});

export const SuccessPolicy = struct('io.k8s.api.batch.v1.SuccessPolicy', {
  rules: array(
    ref(() => SuccessPolicyRule),
    { required: true, listType: 'atomic' },
  ),
});

export const JobSpec = struct('io.k8s.api.batch.v1.JobSpec', {
  activeDeadlineSeconds: int64({ description: 'Longest run in seconds.' }),
  backoffLimit: int32({ description: 'Failures before the Job has failed.' }),
  backoffLimitPerIndex: int32(),
  completionMode: string({ description: 'NonIndexed or Indexed.' }),
  completions: int32({ description: 'Pods that must succeed.' }),
  managedBy: string(),
  manualSelector: boolean({ description: 'The selector is given, not generated.' }),
  maxFailedIndexes: int32(),
  parallelism: int32({ description: 'Pods at a time.' }),
  podFailurePolicy: ref(() => PodFailurePolicy),
  podReplacementPolicy: string(),
  selector: ref(() => LabelSelector, { description: 'Labels of the pods; generated.' }),
  successPolicy: ref(() => SuccessPolicy),
  suspend: boolean({ description: 'Run no pods for now.' }),
  template: ref(() => PodTemplateSpec, {
    required: true,
    default: {},
    description: 'What the pods look like.',
  }),
  ttlSecondsAfterFinished: int32({ description: 'Seconds after which a finished Job is deleted.' }),
});
