/** A Deployment that is valid and small. */
export const deployment = (name: string) => ({
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'nginx' }] },
    },
  },
});

export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

/** Headers of a merge patch. */
export const merge = { 'content-type': 'application/merge-patch+json' };
