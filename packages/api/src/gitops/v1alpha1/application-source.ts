import { array, boolean, map, rawObject, ref, string, struct } from '../../schema/dsl.ts';
import { SecretNameReference } from './repository.ts';

export const HelmSource = struct(
  'dev.gantry.gitops.v1alpha1.HelmSource',
  {
    repositoryURL: string({
      description:
        'https:// of a Helm repository, or oci:// of a registry, that holds the chart. Empty: the chart is the folder at path.',
    }),
    chart: string({ description: 'Name of the chart in repositoryURL.' }),
    version: string({ description: 'Version of the chart, or a semver range. Default: the newest.' }),
    interval: string({
      description:
        'How often repositoryURL is asked for a newer version in the range: a duration, at least 5s. Default: 5m.',
    }),
    secretRef: ref(() => SecretNameReference, {
      description:
        'Credentials for repositoryURL: keys username and password, or token; ca.crt for an authority of its own.',
    }),
    releaseName: string({ description: 'Default: the name of the Application.' }),
    valuesFiles: array(string(), {
      listType: 'atomic',
      description: 'Files of the repository, relative to path; later ones win.',
    }),
    values: rawObject({ description: 'Values that win over those of the files.' }),
    skipCRDs: boolean({ description: "Leave out the chart's crds folder." }),
  },
  { description: 'A chart of the repository or of a chart repository, and its values.' },
);

export const ApplicationSource = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationSource',
  {
    repository: string({ required: true, description: 'Name of a Repository in the same namespace.' }),
    branch: string({ default: 'main', description: 'Branch that is followed.' }),
    tag: string({ description: 'Tag that is followed instead of the branch.' }),
    semver: string({ description: 'Range such as ">=1.2.0 <2": the highest tag in it is followed.' }),
    commit: string({
      description: 'Commit to stay at, by its full id. Wins over semver, tag and branch, in this order.',
    }),
    path: string({
      default: '.',
      description:
        'Folder in the repository. With a kustomization.yaml in it Kustomize renders it, with a Chart.yaml Helm; else every manifest below it is taken as it is.',
    }),
    helm: ref(() => HelmSource, { description: 'How a chart is rendered.' }),
  },
  { description: 'A folder of a Repository, at a branch, tag, semver range or commit.' },
);

export const ApplicationDestination = struct(
  'dev.gantry.gitops.v1alpha1.ApplicationDestination',
  {
    namespace: string({
      description: 'Namespace of objects that name none. Default: the namespace of the Application.',
    }),
    labels: map(string(), { description: 'Labels of the namespace, when the sync makes it.' }),
  },
  { description: 'The namespace of objects that name none.' },
);
