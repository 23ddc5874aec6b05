import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { repositoryColumns } from './gitops-columns.ts';

export const SecretNameReference = struct('dev.gantry.gitops.v1alpha1.SecretNameReference', {
  name: string({ required: true, description: 'Name of a Secret in the same namespace.' }),
});

export const RepositorySpec = struct('dev.gantry.gitops.v1alpha1.RepositorySpec', {
  url: string({
    description: 'https://… or http://… of a Git repository. Empty for one that Gantry itself hosts.',
  }),
  hosted: boolean({ description: 'Gantry hosts this repository at /git/NAME.git.' }),
  interval: string({
    default: '1m',
    description: 'How often the source is polled, as a duration such as 30s or 5m.',
  }),
  secretRef: ref(() => SecretNameReference, {
    description: 'Credentials: keys username and password, or token.',
  }),
});

export const RepositoryStatus = struct('dev.gantry.gitops.v1alpha1.RepositoryStatus', {
  observedGeneration: int64({ description: 'Generation that this status is about.' }),
  branches: map(string(), { description: 'Commit of each branch, as last seen.' }),
  lastFetchTime: time({ description: 'When the source was last read.' }),
  conditions: array(
    ref(() => Condition),
    { listType: 'map', listMapKeys: ['type'], description: 'What is going on, one a type.' },
  ),
});

export const Repository = struct(
  'dev.gantry.gitops.v1alpha1.Repository',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => RepositorySpec),
    status: ref(() => RepositoryStatus),
  },
  {
    description: 'A Git repository that Applications are made from: hosted by Gantry, or followed elsewhere.',
  },
);

export const repository = defineKind({
  group: 'gitops.gantry.dev',
  version: 'v1alpha1',
  kind: 'Repository',
  plural: 'repositories',
  singular: 'repository',
  namespaced: true,
  shortNames: ['repo'],
  categories: ['gitops'],
  type: Repository,
  subresources: { status: true },
  columns: repositoryColumns,
});
