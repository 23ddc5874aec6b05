import type { TokenSigner } from '@gantry/pki/jwt';
import type { Controller } from '@gantry/runtime/port';
import { bootstrapSignerController } from './bootstrap/signer.ts';
import { tokenCleanerController } from './bootstrap/token-cleaner.ts';
import { certificateApprovingController } from './certificates/approver.ts';
import { certificateCleanerController } from './certificates/cleaner.ts';
import { certificateSigningController, type SigningOptions } from './certificates/signer.ts';
import { clusterRoleAggregationController } from './clusterrole-aggregation/controller.ts';
import { cronJobController } from './cronjob/controller.ts';
import { daemonSetController } from './daemonset/controller.ts';
import { deploymentController } from './deployment/controller.ts';
import { disruptionController } from './disruption/controller.ts';
import { endpointsController } from './endpoints/controller.ts';
import { endpointSliceController } from './endpointslice/controller.ts';
import { endpointSliceMirroringController } from './endpointslice-mirroring/controller.ts';
import { garbageCollectorController } from './garbage-collector/controller.ts';
import { jobController } from './job/controller.ts';
import { namespaceController } from './namespace/controller.ts';
import { nodeIpamController } from './node-ipam/controller.ts';
import { nodeLifecycleController } from './node-lifecycle/controller.ts';
import { persistentVolumeController } from './persistent-volume/controller.ts';
import { podGcController } from './podgc/controller.ts';
import { replicaSetController, replicationController } from './replicaset/controller.ts';
import { resourceQuotaController } from './resourcequota/controller.ts';
import { rootCaController } from './root-ca/controller.ts';
import { serviceAddressController } from './service-cidr/addresses.ts';
import { serviceCidrController } from './service-cidr/controller.ts';
import { serviceAccountController } from './serviceaccount/controller.ts';
import { statefulSetController } from './statefulset/controller.ts';
import { taintEvictionController } from './taint-eviction/controller.ts';
import { tokenController } from './token/controller.ts';
import { legacyTokenCleanerController } from './token/legacy-cleaner.ts';
import { ttlAfterFinishedController } from './ttl-after-finished/controller.ts';
import { validatingAdmissionPolicyStatusController } from './validating-admission-policy-status/controller.ts';
import {
  attributesClassProtectionController,
  claimProtectionController,
  volumeProtectionController,
} from './volume-protection/controller.ts';

export interface ControllerOptions {
  /** Absent = nodes get no pod ranges. */
  readonly clusterCidr?: string;
  readonly serviceCidr?: string;
  /** PEM; absent = no kube-root-ca.crt is published. */
  readonly rootCa?: string;
  /** Absent = approved certificates are not signed. */
  readonly signing?: SigningOptions;
  /** Absent = Secrets of service-account tokens are not filled. */
  readonly signToken?: TokenSigner;
  /** How long an old token in a Secret may lie unused; default a year. */
  readonly legacyTokenUnusedMs?: number;
  /** Folder on each node under which the local-path provisioner places volumes. */
  readonly localPathRoot?: string;
}

/** Every controller that the options allow. */
export function allControllers(options: ControllerOptions): readonly Controller[] {
  const { clusterCidr, serviceCidr, rootCa, signing, signToken } = options;
  return [
    namespaceController(),
    serviceAccountController(),
    ...(rootCa === undefined ? [] : [rootCaController(rootCa)]),
    ...(signToken === undefined
      ? []
      : [tokenController({ sign: signToken, ...(rootCa === undefined ? {} : { rootCa }) })]),
    legacyTokenCleanerController(options.legacyTokenUnusedMs),
    certificateApprovingController(),
    ...(signing === undefined ? [] : [certificateSigningController(signing)]),
    certificateCleanerController(),
    bootstrapSignerController(),
    tokenCleanerController(),
    replicaSetController(),
    replicationController(),
    deploymentController(),
    statefulSetController(),
    daemonSetController(),
    jobController(),
    cronJobController(),
    ttlAfterFinishedController(),
    persistentVolumeController(options.localPathRoot),
    claimProtectionController(),
    volumeProtectionController(),
    attributesClassProtectionController(),
    endpointsController(),
    endpointSliceController(),
    endpointSliceMirroringController(),
    nodeLifecycleController(),
    taintEvictionController(),
    ...(clusterCidr === undefined
      ? []
      : [nodeIpamController({ clusterCidr, ...(serviceCidr === undefined ? {} : { serviceCidr }) })]),
    serviceCidrController(),
    serviceAddressController(),
    podGcController(),
    disruptionController(),
    resourceQuotaController(),
    clusterRoleAggregationController(),
    validatingAdmissionPolicyStatusController(),
    // Last, so that it shares the informers of the others.
    garbageCollectorController(),
  ];
}

/**
 * Picks by a list as the original's `--controllers`: `*` is all, `name` one, `-name` all but one. Throws for names that
 * do not exist.
 */
export function selectControllers(
  controllers: readonly Controller[],
  list: readonly string[],
): readonly Controller[] {
  const names = new Set(controllers.map(({ name }) => name));
  for (const entry of list) {
    const name = entry.replace(/^-/, '');
    if (name !== '*' && !names.has(name))
      throw new Error(
        `--controllers: ${JSON.stringify(name)} is not in the list of known controllers: ${[...names].join(', ')}`,
      );
  }
  return controllers.filter(
    ({ name }) => !list.includes(`-${name}`) && (list.includes('*') || list.includes(name)),
  );
}
