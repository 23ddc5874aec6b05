import { mutatingAdmissionPolicy } from '@gantry/api/admissionregistration/v1/mutating-admission-policy';
import { mutatingAdmissionPolicyBinding } from '@gantry/api/admissionregistration/v1/mutating-admission-policy-binding';
import { mutatingWebhookConfiguration } from '@gantry/api/admissionregistration/v1/mutating-webhook-configuration';
import { validatingAdmissionPolicy } from '@gantry/api/admissionregistration/v1/validating-admission-policy';
import { validatingAdmissionPolicyBinding } from '@gantry/api/admissionregistration/v1/validating-admission-policy-binding';
import { validatingWebhookConfiguration } from '@gantry/api/admissionregistration/v1/validating-webhook-configuration';
import { customResourceDefinition } from '@gantry/api/apiextensions/v1/custom-resource-definition';
import { apiService } from '@gantry/api/apiregistration/v1/api-service';
import { controllerRevision } from '@gantry/api/apps/v1/controller-revision';
import { daemonSet } from '@gantry/api/apps/v1/daemon-set';
import { deployment } from '@gantry/api/apps/v1/deployment';
import { replicaSet } from '@gantry/api/apps/v1/replica-set';
import { statefulSet } from '@gantry/api/apps/v1/stateful-set';
import { horizontalPodAutoscaler } from '@gantry/api/autoscaling/v2/horizontal-pod-autoscaler';
import { cronJob } from '@gantry/api/batch/v1/cron-job';
import { job } from '@gantry/api/batch/v1/job';
import { certificateSigningRequest } from '@gantry/api/certificates/v1/certificate-signing-request';
import { lease } from '@gantry/api/coordination/v1/lease';
import { configMap } from '@gantry/api/core/v1/config-map';
import { endpoints as endpointsKind } from '@gantry/api/core/v1/endpoints';
import { event } from '@gantry/api/core/v1/event';
import { limitRange } from '@gantry/api/core/v1/limit-range';
import { namespace } from '@gantry/api/core/v1/namespace';
import { node } from '@gantry/api/core/v1/node';
import { persistentVolume } from '@gantry/api/core/v1/persistent-volume';
import { persistentVolumeClaim } from '@gantry/api/core/v1/persistent-volume-claim';
import { pod } from '@gantry/api/core/v1/pod';
import { podTemplate } from '@gantry/api/core/v1/pod-template';
import { replicationController } from '@gantry/api/core/v1/replication-controller';
import { resourceQuota } from '@gantry/api/core/v1/resource-quota';
import { secret } from '@gantry/api/core/v1/secret';
import { service } from '@gantry/api/core/v1/service';
import { serviceAccount } from '@gantry/api/core/v1/service-account';
import { endpointSlice } from '@gantry/api/discovery/v1/endpoint-slice';
import { event as eventsEvent } from '@gantry/api/events/v1/event';
import { flowSchema } from '@gantry/api/flowcontrol/v1/flow-schema';
import { priorityLevelConfiguration } from '@gantry/api/flowcontrol/v1/priority-level-configuration';
import type {
  APIService,
  Application,
  ApplySet,
  CertificateSigningRequest,
  ClusterRole,
  ClusterRoleBinding,
  ConfigMap,
  ControllerRevision,
  CronJob,
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  CustomResourceDefinition,
  DaemonSet,
  Deployment,
  DeviceClass,
  EndpointSlice,
  Endpoints,
  Event,
  EventsV1Event,
  FlowSchema,
  HorizontalPodAutoscaler,
  Ingress,
  IngressClass,
  IPAddress,
  Job,
  Lease,
  LedgerEntry,
  LimitRange,
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingWebhookConfiguration,
  Namespace,
  NetworkPolicy,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Plan,
  Pod,
  PodDisruptionBudget,
  PodTemplate,
  PriorityClass,
  PriorityLevelConfiguration,
  ReplicaSet,
  ReplicationController,
  Repository,
  ResourceClaim,
  ResourceClaimTemplate,
  ResourceQuota,
  ResourceSlice,
  Role,
  RoleBinding,
  RuntimeClass,
  Secret,
  Service,
  ServiceAccount,
  ServiceCIDR,
  StatefulSet,
  StorageClass,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingWebhookConfiguration,
  VolumeAttachment,
  VolumeAttributesClass,
} from '@gantry/api/generated/types';
import { application } from '@gantry/api/gitops/v1alpha1/application';
import { applySet } from '@gantry/api/gitops/v1alpha1/apply-set';
import { ledgerEntry } from '@gantry/api/gitops/v1alpha1/ledger-entry';
import { plan } from '@gantry/api/gitops/v1alpha1/plan';
import { repository } from '@gantry/api/gitops/v1alpha1/repository';
import type { KindDefinition } from '@gantry/api/kind';
import { ingress } from '@gantry/api/networking/v1/ingress';
import { ingressClass } from '@gantry/api/networking/v1/ingress-class';
import { ipAddress } from '@gantry/api/networking/v1/ip-address';
import { networkPolicy } from '@gantry/api/networking/v1/network-policy';
import { serviceCIDR } from '@gantry/api/networking/v1/service-cidr';
import { runtimeClass } from '@gantry/api/node/v1/runtime-class';
import { podDisruptionBudget } from '@gantry/api/policy/v1/pod-disruption-budget';
import { clusterRole } from '@gantry/api/rbac/v1/cluster-role';
import { clusterRoleBinding } from '@gantry/api/rbac/v1/cluster-role-binding';
import { role } from '@gantry/api/rbac/v1/role';
import { roleBinding } from '@gantry/api/rbac/v1/role-binding';
import { deviceClass } from '@gantry/api/resource/v1/device-class';
import { resourceClaim } from '@gantry/api/resource/v1/resource-claim';
import { resourceClaimTemplate } from '@gantry/api/resource/v1/resource-claim-template';
import { resourceSlice } from '@gantry/api/resource/v1/resource-slice';
import { priorityClass } from '@gantry/api/scheduling/v1/priority-class';
import { csiDriver } from '@gantry/api/storage/v1/csi-driver';
import { csiNode } from '@gantry/api/storage/v1/csi-node';
import { csiStorageCapacity } from '@gantry/api/storage/v1/csi-storage-capacity';
import { storageClass } from '@gantry/api/storage/v1/storage-class';
import { volumeAttachment } from '@gantry/api/storage/v1/volume-attachment';
import { volumeAttributesClass } from '@gantry/api/storage/v1/volume-attributes-class';
import type { KubeObject } from '@gantry/machinery/object';
import type { Resource } from './port.ts';

/** One constant a kind, named by the plural. Reviews are posted with `Client.request`. */
const resource = <T extends KubeObject>(kind: KindDefinition): Resource<T> => ({
  group: kind.group,
  version: kind.version,
  kind: kind.kind,
  plural: kind.plural,
  namespaced: kind.namespaced,
});

export const controllerRevisions = resource<ControllerRevision>(controllerRevision);
export const daemonSets = resource<DaemonSet>(daemonSet);
export const deployments = resource<Deployment>(deployment);
export const replicaSets = resource<ReplicaSet>(replicaSet);
export const statefulSets = resource<StatefulSet>(statefulSet);
export const horizontalPodAutoscalers = resource<HorizontalPodAutoscaler>(horizontalPodAutoscaler);
export const cronJobs = resource<CronJob>(cronJob);
export const jobs = resource<Job>(job);
export const leases = resource<Lease>(lease);
export const configMaps = resource<ConfigMap>(configMap);
export const endpoints = resource<Endpoints>(endpointsKind);
export const events = resource<Event>(event);
export const limitRanges = resource<LimitRange>(limitRange);
export const namespaces = resource<Namespace>(namespace);
export const nodes = resource<Node>(node);
export const persistentVolumes = resource<PersistentVolume>(persistentVolume);
export const persistentVolumeClaims = resource<PersistentVolumeClaim>(persistentVolumeClaim);
export const pods = resource<Pod>(pod);
export const podTemplates = resource<PodTemplate>(podTemplate);
export const replicationControllers = resource<ReplicationController>(replicationController);
export const resourceQuotas = resource<ResourceQuota>(resourceQuota);
export const secrets = resource<Secret>(secret);
export const services = resource<Service>(service);
export const serviceAccounts = resource<ServiceAccount>(serviceAccount);
export const endpointSlices = resource<EndpointSlice>(endpointSlice);
export const eventsV1Events = resource<EventsV1Event>(eventsEvent);
export const applications = resource<Application>(application);
export const applySets = resource<ApplySet>(applySet);
export const plans = resource<Plan>(plan);
export const ledgerEntries = resource<LedgerEntry>(ledgerEntry);
export const repositories = resource<Repository>(repository);
export const ingresses = resource<Ingress>(ingress);
export const ingressClasses = resource<IngressClass>(ingressClass);
export const ipAddresses = resource<IPAddress>(ipAddress);
export const networkPolicies = resource<NetworkPolicy>(networkPolicy);
export const serviceCIDRs = resource<ServiceCIDR>(serviceCIDR);
export const runtimeClasses = resource<RuntimeClass>(runtimeClass);
export const podDisruptionBudgets = resource<PodDisruptionBudget>(podDisruptionBudget);
export const clusterRoles = resource<ClusterRole>(clusterRole);
export const clusterRoleBindings = resource<ClusterRoleBinding>(clusterRoleBinding);
export const roles = resource<Role>(role);
export const roleBindings = resource<RoleBinding>(roleBinding);
export const priorityClasses = resource<PriorityClass>(priorityClass);
export const csiDrivers = resource<CSIDriver>(csiDriver);
export const csiNodes = resource<CSINode>(csiNode);
export const csiStorageCapacities = resource<CSIStorageCapacity>(csiStorageCapacity);
export const storageClasses = resource<StorageClass>(storageClass);
export const volumeAttachments = resource<VolumeAttachment>(volumeAttachment);
export const volumeAttributesClasses = resource<VolumeAttributesClass>(volumeAttributesClass);
export const mutatingAdmissionPolicies = resource<MutatingAdmissionPolicy>(mutatingAdmissionPolicy);
export const mutatingAdmissionPolicyBindings = resource<MutatingAdmissionPolicyBinding>(
  mutatingAdmissionPolicyBinding,
);
export const mutatingWebhookConfigurations = resource<MutatingWebhookConfiguration>(
  mutatingWebhookConfiguration,
);
export const validatingAdmissionPolicies = resource<ValidatingAdmissionPolicy>(validatingAdmissionPolicy);
export const validatingAdmissionPolicyBindings = resource<ValidatingAdmissionPolicyBinding>(
  validatingAdmissionPolicyBinding,
);
export const validatingWebhookConfigurations = resource<ValidatingWebhookConfiguration>(
  validatingWebhookConfiguration,
);
export const customResourceDefinitions = resource<CustomResourceDefinition>(customResourceDefinition);
export const apiServices = resource<APIService>(apiService);
export const certificateSigningRequests = resource<CertificateSigningRequest>(certificateSigningRequest);
export const flowSchemas = resource<FlowSchema>(flowSchema);
export const priorityLevelConfigurations = resource<PriorityLevelConfiguration>(priorityLevelConfiguration);
export const deviceClasses = resource<DeviceClass>(deviceClass);
export const resourceClaims = resource<ResourceClaim>(resourceClaim);
export const resourceClaimTemplates = resource<ResourceClaimTemplate>(resourceClaimTemplate);
export const resourceSlices = resource<ResourceSlice>(resourceSlice);
