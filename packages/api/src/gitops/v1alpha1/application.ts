import { defineKind } from '../../kind.ts';
import { ObjectMeta } from '../../meta/v1/meta.ts';
import { array, ref, string, struct } from '../../schema/dsl.ts';
import { applicationRules } from './application-rules.ts';
import { ApplicationDestination, ApplicationSource } from './application-source.ts';
import { ApplicationStatus } from './application-status.ts';
import { applicationColumns } from './gitops-columns.ts';
import { Notification } from './notifications.ts';
import { ApplicationSyncPolicy, IgnoredDifference } from './sync-policy.ts';

export const ApplicationDependency = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationDependency',
  {
    name: string({ required: true, description: 'Name of an Application.' }),
    namespace: string({ description: 'Its namespace. Default: the same.' }),
  },
  { description: 'An Application that comes first.' },
);

export const ApplicationSpec = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationSpec',
  {
    source: ref(() => ApplicationSource, { required: true, description: 'Where the manifests come from.' }),
    destination: ref(() => ApplicationDestination, { description: 'Where the objects go.' }),
    syncPolicy: ref(() => ApplicationSyncPolicy, { default: {}, description: 'What happens by itself.' }),
    dependsOn: array(
      ref(() => ApplicationDependency),
      {
        listType: 'atomic',
        description: 'Applications that must be synced and healthy before this one is applied.',
      },
    ),
    ignoreDifferences: array(
      ref(() => IgnoredDifference),
      { listType: 'atomic', description: 'What others may change without it being drift.' },
    ),
    notifications: array(
      ref(() => Notification),
      { listType: 'atomic', description: 'Who is told what becomes of it; at most 10 are.' },
    ),
    deletionPolicy: string({
      enum: ['Orphan', 'Cascade'],
      default: 'Orphan',
      description: 'Whether its objects stay or go when the Application is deleted.',
    }),
    serviceAccountName: string({
      description:
        'Service account of the same namespace whose rights the sync acts with, instead of those of spec.user. Only who may impersonate it may set it.',
    }),
    user: string({
      description:
        'The user whose rights the sync acts with. Only a user with the verb impersonate on it may set it; set to the pusher by a push.',
    }),
    groups: array(string(), {
      listType: 'atomic',
      description: 'Groups of that user, as they were when it was set.',
    }),
  },
  { description: 'What an Application should bring about.' },
);

export const Application = struct(
  'dev.gantry.gitops.v1alpha1.Application',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => ApplicationSpec, {
      description: 'Wanted state: source, destination and what happens by itself.',
    }),
    status: ref(() => ApplicationStatus, { description: 'Seen state: sync, health, objects and history.' }),
  },
  {
    description:
      'A folder of manifests in a Git repository, kept applied as one transaction a commit and wave.',
  },
);

export const application = defineKind({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
  singular: 'application',
  namespaced: true,
  shortNames: ['app', 'apps'],
  categories: ['gitops'],
  type: Application,
  subresources: { status: true },
  rules: applicationRules,
  columns: applicationColumns,
});
