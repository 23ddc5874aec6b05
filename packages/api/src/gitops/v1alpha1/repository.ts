import { defineKind } from '../../kind.ts';
import { Condition, ObjectMeta } from '../../meta/v1/meta.ts';
import { array, boolean, int64, map, ref, string, struct, time } from '../../schema/dsl.ts';
import { repositoryColumns } from './gitops-columns.ts';
import { repositoryRules } from './repository-rules.ts';

export const SecretNameReference = struct(
  'dev.gantry.gitops.v1alpha1.SecretNameReference',
  {
    name: string({ required: true, description: 'Name of a Secret in the same namespace.' }),
  },
  { description: 'A Secret in the same namespace.' },
);

export const ProtectedBranch = struct(
  'dev.gantry.gitops.v1alpha1.ProtectedBranch',
  {
    pattern: string({
      required: true,
      description: 'Name of a branch; * stands for any characters but a slash.',
    }),
    users: array(string(), {
      listType: 'atomic',
      description: 'Who may push to it. Nobody when neither users nor groups are named.',
    }),
    groups: array(string(), { listType: 'atomic', description: 'Groups whose members may push to it.' }),
    allowForce: boolean({ description: 'They may also rewrite or delete it.' }),
  },
  { description: 'A branch to which not everybody may push.' },
);

export const CommitVerification = struct(
  'dev.gantry.gitops.v1alpha1.CommitVerification',
  {
    secretRef: ref(() => SecretNameReference, {
      required: true,
      description:
        'The keys that are trusted: any key of the Secret that ends in .asc or .gpg holds OpenPGP public keys, one named allowed_signers those of SSH.',
    }),
  },
  { description: 'Keys that commits must be signed with.' },
);

export const RepositoryWebhook = struct(
  'dev.gantry.gitops.v1alpha1.RepositoryWebhook',
  {
    secretRef: ref(() => SecretNameReference, {
      required: true,
      description: 'Key secret: what GitHub, GitLab or Gitea prove themselves with.',
    }),
  },
  { description: 'Lets a source tell of new commits.' },
);

export const RepositorySpec = struct(
  'dev.gantry.gitops.v1alpha1.RepositorySpec',
  {
    url: string({
      description:
        'https://, http://, ssh:// or user@host:path of a Git repository. Empty for one that Gantry itself hosts.',
    }),
    hosted: boolean({ description: 'Gantry hosts this repository at /git/NAME.git.' }),
    interval: string({
      default: '1m',
      description: 'How often the source is polled, as a duration such as 30s or 5m.',
    }),
    secretRef: ref(() => SecretNameReference, {
      description:
        'Credentials: keys username and password, or token; for SSH identity (a private key) and known_hosts; ca.crt for an authority of its own.',
    }),
    submodules: boolean({
      description:
        'Of a repository elsewhere: submodules are fetched and are folders of it; the credentials are used on its own host only.',
    }),
    protectedBranches: array(
      ref(() => ProtectedBranch),
      {
        listType: 'atomic',
        description: 'Of a hosted repository: branches to which not everybody may push.',
      },
    ),
    verify: ref(() => CommitVerification, {
      description: 'When set, only commits with a valid signature of a trusted key are applied.',
    }),
    webhook: ref(() => RepositoryWebhook, {
      description: 'Lets the source tell of new commits, at the address in status.webhookPath.',
    }),
  },
  { description: 'What a repository should be like.' },
);

export const RepositoryStatus = struct(
  'dev.gantry.gitops.v1alpha1.RepositoryStatus',
  {
    observedGeneration: int64({ description: 'Generation that this status is about.' }),
    branches: map(string(), { description: 'Commit of each branch, as last seen.' }),
    tags: map(string(), { description: 'Commit of each tag, as last seen.' }),
    lastFetchTime: time({
      description: 'When something new was last seen in the source, or the reason why it can not be read.',
    }),
    webhookPath: string({ description: 'Where webhooks are taken, below the address of the console.' }),
    conditions: array(
      ref(() => Condition),
      { listType: 'map', listMapKeys: ['type'], description: 'What is going on, one a type.' },
    ),
  },
  { description: 'What was last seen of a repository.' },
);

export const Repository = struct(
  'dev.gantry.gitops.v1alpha1.Repository',
  {
    apiVersion: string({ description: 'Group and version of the object.' }),
    kind: string({ description: 'Kind of the object.' }),
    metadata: ref(() => ObjectMeta),
    spec: ref(() => RepositorySpec, {
      description: 'Wanted state: where the repository is, and who may push.',
    }),
    status: ref(() => RepositoryStatus, {
      description: 'Seen state: branches, tags and whether the source can be read.',
    }),
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
  rules: repositoryRules,
});
