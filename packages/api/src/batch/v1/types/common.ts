import { PodTemplateSpec } from '../../../core/v1/types/pod-spec.ts';
import { LabelSelector } from '../../../meta/v1/meta.ts';
import { array, boolean, int32, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const PodFailurePolicyOnExitCodesRequirement = struct(
  'io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement',
  {
    containerName: string({ description: 'Container that is looked at. Unset: all of them.' }),
    operator: string({
      required: true,
      description: 'In or NotIn: whether the exit code must be one of the values or none of them.',
    }),
    values: array(int32(), {
      required: true,
      listType: 'set',
      description: 'Exit codes without duplicates, at most 255. 0 is not allowed with In.',
    }),
  },
  { description: 'Exit codes of containers.' },
);

export const PodFailurePolicyOnPodConditionsPattern = struct(
  'io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern',
  {
    status: string({
      default: 'True',
      published: '',
      description: 'Status that it must have. Default: True.',
    }),
    type: string({ required: true, description: 'Type of the condition.' }),
  },
  { description: 'A condition of the pod.' },
);

export const PodFailurePolicyRule = struct(
  'io.k8s.api.batch.v1.PodFailurePolicyRule',
  {
    action: string({
      required: true,
      description: 'FailJob, FailIndex, Ignore, or Count as without a rule.',
    }),
    onExitCodes: ref(() => PodFailurePolicyOnExitCodesRequirement, {
      description: 'Exit codes for which the rule holds.',
    }),
    onPodConditions: array(
      ref(() => PodFailurePolicyOnPodConditionsPattern),
      { listType: 'atomic', description: 'Conditions for which the rule holds; one is enough. At most 20.' },
    ),
  },
  { description: 'What one sort of failure means; one of onExitCodes and onPodConditions is set.' },
);

export const PodFailurePolicy = struct(
  'io.k8s.api.batch.v1.PodFailurePolicy',
  {
    rules: array(
      ref(() => PodFailurePolicyRule),
      {
        required: true,
        listType: 'atomic',
        description: 'Rules, tried in order; the first that matches decides. At most 20.',
      },
    ),
  },
  { description: 'What failed pods mean for a Job.' },
);

export const SuccessPolicyRule = struct(
  'io.k8s.api.batch.v1.SuccessPolicyRule',
  {
    succeededCount: int32({
      description: 'How many indexes must succeed; of succeededIndexes when both are set.',
    }),
    succeededIndexes: string({
      description: 'Indexes that must succeed, such as 0,2-4; all unless succeededCount says less.',
    }),
  },
  { description: 'Indexes that must succeed; at least one field is set.' },
);

export const SuccessPolicy = struct(
  'io.k8s.api.batch.v1.SuccessPolicy',
  {
    rules: array(
      ref(() => SuccessPolicyRule),
      {
        required: true,
        listType: 'atomic',
        description: 'Rules, tried in order; one that holds is enough. At most 20.',
      },
    ),
  },
  { description: 'When an Indexed Job counts as done.' },
);

export const JobSpec = struct(
  'io.k8s.api.batch.v1.JobSpec',
  {
    activeDeadlineSeconds: int64({
      description:
        'Longest run of the Job in seconds; then its pods are stopped and it has failed. Unset: no limit.',
    }),
    backoffLimit: int32({
      description:
        'Failed pods before the Job has failed. Default: 6, or no limit with backoffLimitPerIndex.',
    }),
    backoffLimitPerIndex: int32({
      description:
        'Retries of each index before it has failed. Only with completionMode Indexed. Unset: indexes are not counted apart.',
    }),
    completionMode: string({
      description:
        'NonIndexed: any pod counts; Indexed: one success for each index from 0. Default: NonIndexed.',
    }),
    completions: int32({
      description: 'Pods that must succeed. Unset: one success ends the Job, whatever the number of pods.',
    }),
    managedBy: string({
      description: 'Controller that runs the Job, as domain/name. Unset: the built-in one. Can not change.',
    }),
    manualSelector: boolean({
      description: 'true: selector is given and must be unique. Default: false, and it is generated.',
    }),
    maxFailedIndexes: int32({
      description:
        'Failed indexes from which on the whole Job fails. Only with backoffLimitPerIndex. Unset: no limit.',
    }),
    parallelism: int32({ description: 'Most pods at a time. Default: 1.' }),
    podFailurePolicy: ref(() => PodFailurePolicy, {
      description:
        'What failed pods mean, by exit code and condition. Unset: each counts towards backoffLimit.',
    }),
    podReplacementPolicy: string({
      description:
        'TerminatingOrFailed replaces pods that are ending, Failed only those that ended. Default: TerminatingOrFailed, or Failed with podFailurePolicy.',
    }),
    selector: ref(() => LabelSelector, {
      description: 'Labels of the pods; generated unless manualSelector is true. Can not change.',
    }),
    successPolicy: ref(() => SuccessPolicy, {
      description: 'When an Indexed Job counts as done early. Unset: when all completions are.',
    }),
    suspend: boolean({ description: 'true: no pods run, and those that do are stopped. Default: false.' }),
    template: ref(() => PodTemplateSpec, {
      required: true,
      default: {},
      description: 'What the pods look like. restartPolicy must be Never or OnFailure.',
    }),
    ttlSecondsAfterFinished: int32({
      description: 'Seconds after which a finished Job is deleted. Unset: it stays.',
    }),
  },
  { description: 'What a Job should bring about.' },
);
