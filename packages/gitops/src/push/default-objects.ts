import type { Application, Repository } from '@gantry/api/generated/types';

/** What a first push makes: an Application of the repository's name, in a namespace of its name. */
export function defaultApplication(name: string): Application {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: name },
    spec: { source: { repository: name, branch: 'main', path: '.' } },
  };
}

export function hostedRepository(name: string): Repository {
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Repository',
    metadata: { name, namespace: name },
    spec: { hosted: true },
  };
}
