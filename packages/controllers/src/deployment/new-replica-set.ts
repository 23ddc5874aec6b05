import type { Deployment, ReplicaSet } from '@gantry/api/generated/types';
import { controllerRef } from '../shared/owners.ts';
import { TEMPLATE_HASH, templateHash } from '../shared/pod-template.ts';
import { newReplicaSetAnnotations } from './annotations.ts';
import { decideNewSize, totalSize } from './decide.ts';

const MAX_NAME_LENGTH = 253;

/** The ReplicaSet of the Deployment's present template, sized for the first step beside the old ones. */
export function newReplicaSet(
  deployment: Deployment,
  old: readonly ReplicaSet[],
  revision: bigint,
): ReplicaSet {
  const hash = templateHash(deployment.spec.template, deployment.status?.collisionCount);
  const template = structuredClone(deployment.spec.template);
  const labels = { ...template.metadata?.labels, [TEMPLATE_HASH]: hash };
  const { selector, minReadySeconds } = deployment.spec;
  const { name, namespace = '' } = deployment.metadata;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name.slice(0, MAX_NAME_LENGTH - 1 - hash.length)}-${hash}`,
      namespace,
      labels,
      annotations: newReplicaSetAnnotations(deployment, {}, revision, false),
      ownerReferences: [controllerRef(deployment)],
    },
    spec: {
      replicas: decideNewSize(deployment, 0, totalSize(old)),
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}
