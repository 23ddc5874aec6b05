import { mutatingAdmissionPolicy } from './admissionregistration/v1/mutating-admission-policy.ts';
import { mutatingAdmissionPolicyBinding } from './admissionregistration/v1/mutating-admission-policy-binding.ts';
import { mutatingWebhookConfiguration } from './admissionregistration/v1/mutating-webhook-configuration.ts';
import { validatingAdmissionPolicy } from './admissionregistration/v1/validating-admission-policy.ts';
import { validatingAdmissionPolicyBinding } from './admissionregistration/v1/validating-admission-policy-binding.ts';
import { validatingWebhookConfiguration } from './admissionregistration/v1/validating-webhook-configuration.ts';
import { customResourceDefinition } from './apiextensions/v1/custom-resource-definition.ts';
import { apiService } from './apiregistration/v1/api-service.ts';
import { controllerRevision } from './apps/v1/controller-revision.ts';
import { daemonSet } from './apps/v1/daemon-set.ts';
import { deployment } from './apps/v1/deployment.ts';
import { replicaSet } from './apps/v1/replica-set.ts';
import { statefulSet } from './apps/v1/stateful-set.ts';
import { selfSubjectReview } from './authentication/v1/self-subject-review.ts';
import { tokenReview } from './authentication/v1/token-review.ts';
import { localSubjectAccessReview } from './authorization/v1/local-subject-access-review.ts';
import { selfSubjectAccessReview } from './authorization/v1/self-subject-access-review.ts';
import { selfSubjectRulesReview } from './authorization/v1/self-subject-rules-review.ts';
import { subjectAccessReview } from './authorization/v1/subject-access-review.ts';
import { horizontalPodAutoscaler as horizontalPodAutoscalerV1 } from './autoscaling/v1/horizontal-pod-autoscaler.ts';
import { horizontalPodAutoscaler } from './autoscaling/v2/horizontal-pod-autoscaler.ts';
import { cronJob } from './batch/v1/cron-job.ts';
import { job } from './batch/v1/job.ts';
import { certificateSigningRequest } from './certificates/v1/certificate-signing-request.ts';
import { lease } from './coordination/v1/lease.ts';
import { binding } from './core/v1/binding.ts';
import { componentStatus } from './core/v1/component-status.ts';
import { configMap } from './core/v1/config-map.ts';
import { endpoints } from './core/v1/endpoints.ts';
import { event } from './core/v1/event.ts';
import { limitRange } from './core/v1/limit-range.ts';
import { namespace } from './core/v1/namespace.ts';
import { node } from './core/v1/node.ts';
import { persistentVolume } from './core/v1/persistent-volume.ts';
import { persistentVolumeClaim } from './core/v1/persistent-volume-claim.ts';
import { pod } from './core/v1/pod.ts';
import { podTemplate } from './core/v1/pod-template.ts';
import { replicationController } from './core/v1/replication-controller.ts';
import { resourceQuota } from './core/v1/resource-quota.ts';
import { secret } from './core/v1/secret.ts';
import { service } from './core/v1/service.ts';
import { serviceAccount } from './core/v1/service-account.ts';
import { endpointSlice } from './discovery/v1/endpoint-slice.ts';
import { event as eventsEvent } from './events/v1/event.ts';
import { flowSchema } from './flowcontrol/v1/flow-schema.ts';
import { priorityLevelConfiguration } from './flowcontrol/v1/priority-level-configuration.ts';
import { application } from './gitops/v1alpha1/application.ts';
import { applySet } from './gitops/v1alpha1/apply-set.ts';
import { ledgerEntry } from './gitops/v1alpha1/ledger-entry.ts';
import { plan } from './gitops/v1alpha1/plan.ts';
import { repository } from './gitops/v1alpha1/repository.ts';
import type { KindDefinition } from './kind.ts';
import { ingress } from './networking/v1/ingress.ts';
import { ingressClass } from './networking/v1/ingress-class.ts';
import { ipAddress } from './networking/v1/ip-address.ts';
import { networkPolicy } from './networking/v1/network-policy.ts';
import { serviceCIDR } from './networking/v1/service-cidr.ts';
import { runtimeClass } from './node/v1/runtime-class.ts';
import { podDisruptionBudget } from './policy/v1/pod-disruption-budget.ts';
import { clusterRole } from './rbac/v1/cluster-role.ts';
import { clusterRoleBinding } from './rbac/v1/cluster-role-binding.ts';
import { role } from './rbac/v1/role.ts';
import { roleBinding } from './rbac/v1/role-binding.ts';
import { deviceClass } from './resource/v1/device-class.ts';
import { resourceClaim } from './resource/v1/resource-claim.ts';
import { resourceClaimTemplate } from './resource/v1/resource-claim-template.ts';
import { resourceSlice } from './resource/v1/resource-slice.ts';
import { priorityClass } from './scheduling/v1/priority-class.ts';
import { csiDriver } from './storage/v1/csi-driver.ts';
import { csiNode } from './storage/v1/csi-node.ts';
import { csiStorageCapacity } from './storage/v1/csi-storage-capacity.ts';
import { storageClass } from './storage/v1/storage-class.ts';
import { volumeAttachment } from './storage/v1/volume-attachment.ts';
import { volumeAttributesClass } from './storage/v1/volume-attributes-class.ts';

/** Every built-in kind, groups in the order of discovery. */
export const builtinKinds: readonly KindDefinition[] = [
  binding,
  componentStatus,
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  persistentVolumeClaim,
  persistentVolume,
  podTemplate,
  pod,
  replicationController,
  resourceQuota,
  secret,
  serviceAccount,
  service,
  apiService,
  controllerRevision,
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  eventsEvent,
  selfSubjectReview,
  tokenReview,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  horizontalPodAutoscalerV1,
  horizontalPodAutoscaler,
  cronJob,
  job,
  certificateSigningRequest,
  ingressClass,
  ingress,
  ipAddress,
  networkPolicy,
  serviceCIDR,
  podDisruptionBudget,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttachment,
  volumeAttributesClass,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  customResourceDefinition,
  priorityClass,
  lease,
  runtimeClass,
  endpointSlice,
  deviceClass,
  resourceClaim,
  resourceClaimTemplate,
  resourceSlice,
  flowSchema,
  priorityLevelConfiguration,
  application,
  plan,
  applySet,
  ledgerEntry,
  repository,
];
