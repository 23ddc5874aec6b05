import { array, boolean, int32, ref, string, struct } from '../../schema/dsl.ts';

export const PruneBudget = struct(
  'dev.gantry.gitops.v1alpha1.PruneBudget',
  {
    count: int32({
      default: 20,
      minimum: 0,
      description: 'A commit that would delete more objects than this waits for an approval.',
    }),
    percent: int32({
      default: 50,
      minimum: 0,
      maximum: 100,
      description:
        'So does one that would delete more than this share of the objects, when these are more than five.',
    }),
  },
  { description: 'How many objects a sync may delete without an approval.' },
);

export const RetryPolicy = struct(
  'dev.gantry.gitops.v1alpha1.RetryPolicy',
  {
    limit: int32({
      minimum: 0,
      description: 'How often a sync that failed is tried again. Default: without end.',
    }),
    first: string({
      default: '5s',
      description: 'Wait before the first retry; each further one waits twice as long.',
    }),
    max: string({ default: '5m', description: 'The longest wait.' }),
  },
  { description: 'How a failed sync is tried again.' },
);

export const IgnoredDifference = struct(
  'dev.gantry.gitops.v1alpha1.IgnoredDifference',
  {
    group: string({ description: 'API group of the objects; empty is the core group. Default: any.' }),
    kind: string({ required: true, description: 'Kind of the objects; * is any.' }),
    namespace: string({ description: 'Their namespace. Default: any.' }),
    name: string({ description: 'Their name. Default: any.' }),
    jsonPointers: array(string(), {
      listType: 'atomic',
      description: 'Fields that others may change, as in RFC 6901; * stands for any one step.',
    }),
    managers: array(string(), {
      listType: 'atomic',
      description: 'Field managers that may change what they own.',
    }),
  },
  { description: 'Fields that others may change without it being drift.' },
);

export const ApplicationSyncPolicy = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationSyncPolicy',
  {
    automated: boolean({ default: true, description: 'Apply each new commit without being asked.' }),
    prune: boolean({ default: true, description: 'Delete what the commit no longer holds.' }),
    selfHeal: boolean({ default: false, description: 'Put back what others changed.' }),
    pruneBudget: ref(() => PruneBudget, {
      default: {},
      description: 'How much may be deleted without an approval.',
    }),
    retry: ref(() => RetryPolicy, { default: {}, description: 'What becomes of a sync that failed.' }),
    timeout: string({
      default: '5m',
      description: 'How long a wave or a hook may take to become healthy before the sync has failed.',
    }),
  },
  {
    description:
      'Whether syncs, corrections and deletions happen by themselves, and how often they are tried.',
  },
);
