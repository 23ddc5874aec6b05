/**
 * How the original's types hold optional scalars: those behind a pointer keep a zero that a client sent (`replicas: 0`,
 * `storageClassName: ""`), the others lose it. By field name, since nearly every name is one or the other everywhere.
 */
const POINTERS: ReadonlySet<string> = new Set(
  [
    '$ref activeDeadlineSeconds adminAccess allNodes allocateLoadBalancerNodePorts allowMultipleAllocations',
    'allowPrivilegeEscalation allowVolumeExpansion appProtocol attachRequired automountServiceAccountToken',
    'averageUtilization backoffLimit backoffLimitPerIndex bindsToNode blockOwnerDeletion bool',
    'borrowingLimitPercent cachingMode capacity capacityKey collisionCount completionMode completions',
    'currentCPUUtilizationPercentage currentVolumeAttributesClassName defaultMode deletionGracePeriodSeconds',
    'deprecationWarning distinctAttribute enableServiceLinks endPort endpointsNamespace errorCode',
    'expirationSeconds extendedResourceName failedIndexes failedJobsHistoryLimit failurePolicy fsGroup',
    'fsGroupChangePolicy fsGroupPolicy gmsaCredentialSpec gmsaCredentialSpecName gracePeriodSeconds',
    'holderIdentity hostProcess hostUsers hostnameOverride ignoreStoreReadErrorWithClusterBreakingPotential',
    'immutable ingressClassName initiatorName int internalTrafficPolicy ipFamilyPolicy ipMode labelSelectorPath',
    'leaseDurationSeconds leaseTransitions lendablePercent loadBalancerClass localhostProfile lun managedBy',
    'manualSelector matchAttribute matchPolicy maxExpirationSeconds maxFailedIndexes maxItems maxLength',
    'maxProperties maximum minDomains minItems minLength minProperties minReplicas minimum mode mountPropagation',
    'multipleOf nodeAffinityPolicy nodeAllocatableUpdatePeriodSeconds nodeTaintsPolicy nominalConcurrencyShares',
    'optional optionalOldSelf orphanDependents parallelism parameterNotFoundAction perDeviceNodeSelection',
    'persistentVolumeName podGroupName podInfoOnMount podReplacementPolicy port preemptionPolicy preferredHolder',
    'preventPodSchedulingIfMissing privileged procMount progressDeadlineSeconds propagationPolicy',
    'readOnlyRootFilesystem ready reclaimPolicy recursiveReadOnly recursiveReadOnlyMounts remainingItemCount',
    'requiresRepublish resourceClaimName resourceClaimTemplateName revisionHistoryLimit runAsGroup runAsNonRoot',
    'runAsUser runAsUserName runtimeClassName scope seLinuxChangePolicy seLinuxMount secretNamespace selectPolicy',
    'service serviceAccountTokenInSecrets serving setHostnameAsFQDN shareID shareProcessNamespace signerName',
    'stabilizationWindowSeconds started startingDeadlineSeconds stopSignal storageCapacity strategy string',
    'succeededCount succeededIndexes successfulJobsHistoryLimit supplementalGroupsPolicy suspend',
    'targetCPUUtilizationPercentage terminating terminatingReplicas terminationGracePeriodSeconds timeZone',
    'tolerationSeconds trafficDistribution ttlSecondsAfterFinished unhealthyPodEvictionPolicy userNamespaces',
    'volumeAttributesClassName volumeBindingMode volumeMode x-kubernetes-list-type x-kubernetes-map-type',
    'x-kubernetes-preserve-unknown-fields zone',
  ].flatMap((line) => line.split(' ')),
);

/** Fields behind a pointer whose name is none elsewhere, by definition. */
const POINTERS_OF: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.admissionregistration.v1.MutatingWebhook': [
    'reinvocationPolicy',
    'sideEffects',
    'timeoutSeconds',
  ],
  'io.k8s.api.admissionregistration.v1.ServiceReference': ['path'],
  'io.k8s.api.admissionregistration.v1.ValidatingWebhook': ['sideEffects', 'timeoutSeconds'],
  'io.k8s.api.admissionregistration.v1.Validation': ['reason'],
  'io.k8s.api.admissionregistration.v1.WebhookClientConfig': ['url'],
  'io.k8s.api.apps.v1.DeploymentSpec': ['replicas'],
  'io.k8s.api.apps.v1.ReplicaSetSpec': ['replicas'],
  'io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy': ['partition'],
  'io.k8s.api.apps.v1.StatefulSetSpec': ['replicas'],
  'io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus': ['observedGeneration'],
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus': ['observedGeneration'],
  'io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement': ['containerName'],
  'io.k8s.api.core.v1.AzureDiskVolumeSource': ['kind', 'fsType', 'readOnly'],
  'io.k8s.api.core.v1.CSIVolumeSource': ['fsType', 'readOnly'],
  'io.k8s.api.core.v1.ClientIPConfig': ['timeoutSeconds'],
  'io.k8s.api.core.v1.ClusterTrustBundleProjection': ['name'],
  'io.k8s.api.core.v1.Container': ['restartPolicy'],
  'io.k8s.api.core.v1.EndpointAddress': ['nodeName'],
  'io.k8s.api.core.v1.EphemeralContainer': ['restartPolicy'],
  'io.k8s.api.core.v1.HostPathVolumeSource': ['type'],
  'io.k8s.api.core.v1.LocalVolumeSource': ['fsType'],
  'io.k8s.api.core.v1.PersistentVolumeClaimSpec': ['storageClassName'],
  'io.k8s.api.core.v1.PodDNSConfigOption': ['value'],
  'io.k8s.api.core.v1.PodSpec': ['priority'],
  'io.k8s.api.core.v1.PortStatus': ['error'],
  'io.k8s.api.core.v1.ReplicationControllerSpec': ['replicas'],
  'io.k8s.api.core.v1.ResourceHealth': ['message'],
  'io.k8s.api.core.v1.TypedLocalObjectReference': ['apiGroup'],
  'io.k8s.api.core.v1.TypedObjectReference': ['namespace', 'apiGroup'],
  'io.k8s.api.discovery.v1.Endpoint': ['hostname', 'nodeName'],
  'io.k8s.api.discovery.v1.EndpointPort': ['name', 'protocol'],
  'io.k8s.api.networking.v1.HTTPIngressPath': ['pathType'],
  'io.k8s.api.networking.v1.IngressClassParametersReference': ['namespace', 'apiGroup'],
  'io.k8s.api.networking.v1.IngressPortStatus': ['error'],
  'io.k8s.api.networking.v1.NetworkPolicyPort': ['protocol'],
  'io.k8s.api.resource.v1.Device': ['nodeName'],
  'io.k8s.api.resource.v1.DeviceAttribute': ['version'],
  'io.k8s.api.resource.v1.ResourceSliceSpec': ['nodeName'],
  'io.k8s.api.storage.v1.VolumeNodeResources': ['count'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference': ['path'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule': ['reason'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig': ['url'],
  'io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference': ['controller'],
  'io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions': ['uid', 'resourceVersion'],
};

/** Times that the original holds by value and so shows as null when nobody set them. */
const NULL_TIMES: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.apps.v1.DaemonSetCondition': ['lastTransitionTime'],
  'io.k8s.api.apps.v1.DeploymentCondition': ['lastUpdateTime', 'lastTransitionTime'],
  'io.k8s.api.apps.v1.ReplicaSetCondition': ['lastTransitionTime'],
  'io.k8s.api.apps.v1.StatefulSetCondition': ['lastTransitionTime'],
  'io.k8s.api.authentication.v1.TokenRequestStatus': ['expirationTimestamp'],
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerCondition': ['lastTransitionTime'],
  'io.k8s.api.batch.v1.JobCondition': ['lastProbeTime', 'lastTransitionTime'],
  'io.k8s.api.certificates.v1.CertificateSigningRequestCondition': ['lastUpdateTime', 'lastTransitionTime'],
  'io.k8s.api.core.v1.ContainerStateRunning': ['startedAt'],
  'io.k8s.api.core.v1.ContainerStateTerminated': ['startedAt', 'finishedAt'],
  'io.k8s.api.core.v1.Event': ['firstTimestamp', 'lastTimestamp', 'eventTime'],
  'io.k8s.api.core.v1.EventSeries': ['lastObservedTime'],
  'io.k8s.api.core.v1.NamespaceCondition': ['lastTransitionTime'],
  'io.k8s.api.core.v1.NodeCondition': ['lastHeartbeatTime', 'lastTransitionTime'],
  'io.k8s.api.core.v1.PersistentVolumeClaimCondition': ['lastProbeTime', 'lastTransitionTime'],
  'io.k8s.api.core.v1.PodCondition': ['lastProbeTime', 'lastTransitionTime'],
  'io.k8s.api.core.v1.ReplicationControllerCondition': ['lastTransitionTime'],
  'io.k8s.api.events.v1.Event': ['eventTime', 'deprecatedFirstTimestamp', 'deprecatedLastTimestamp'],
  'io.k8s.api.events.v1.EventSeries': ['lastObservedTime'],
  'io.k8s.api.flowcontrol.v1.FlowSchemaCondition': ['lastTransitionTime'],
  'io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationCondition': ['lastTransitionTime'],
  'io.k8s.api.storage.v1.VolumeError': ['time'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition': [
    'lastTransitionTime',
  ],
  'io.k8s.apimachinery.pkg.apis.meta.v1.Condition': ['lastTransitionTime'],
  'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition': ['lastTransitionTime'],
};

/**
 * Fields that the original writes as null when nobody set them: lists and maps without a client's content, and values
 * behind a pointer, where its types don't leave out what is empty. Those that validation asks for are none of them.
 */
const NULL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerStatus': ['currentMetrics'],
  'io.k8s.api.batch.v1.PodFailurePolicy': ['rules'],
  'io.k8s.api.core.v1.AzureFilePersistentVolumeSource': ['secretNamespace'],
  'io.k8s.api.core.v1.ContainerImage': ['names'],
  'io.k8s.api.core.v1.LimitRangeSpec': ['limits'],
  'io.k8s.api.core.v1.PodExtendedResourceClaimStatus': ['requestMappings'],
  'io.k8s.api.core.v1.ProjectedVolumeSource': ['sources'],
  'io.k8s.api.core.v1.TypedLocalObjectReference': ['apiGroup'],
  'io.k8s.api.core.v1.TypedObjectReference': ['apiGroup'],
  'io.k8s.api.discovery.v1.EndpointSlice': ['endpoints', 'ports'],
  'io.k8s.api.rbac.v1.ClusterRole': ['rules'],
  'io.k8s.api.rbac.v1.Role': ['rules'],
  'io.k8s.api.resource.v1.AllocatedDeviceStatus': ['conditions'],
  'io.k8s.api.resource.v1.CapacityRequestPolicy': ['default'],
  'io.k8s.api.resource.v1.DeviceClaim': ['requests'],
  'io.k8s.api.storage.v1.CSINodeDriver': ['topologyKeys'],
  'io.k8s.api.storage.v1.CSINodeSpec': ['drivers'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus': [
    'conditions',
    'storedVersions',
  ],
};

/** Fields of which validation tells an empty list or map from none. They go, when they are empty, before an object is stored. */
const LATE_EMPTIES: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.autoscaling.v2.HPAScalingRules': ['policies'],
  'io.k8s.api.core.v1.EphemeralContainer': ['ports', 'resizePolicy', 'restartPolicyRules'],
  'io.k8s.api.networking.v1.ServiceCIDRSpec': ['cidrs'],
  'io.k8s.api.resource.v1.ResourceSliceSpec': ['devices', 'sharedCounters'],
  // Refused whatever it holds.
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps': ['dependencies'],
};

export const lateEmptiesOf = (definition: string): readonly string[] => LATE_EMPTIES[definition] ?? [];

export const nullFieldsOf = (definition: string): readonly string[] => NULL_FIELDS[definition] ?? [];

/** Scalars that the original writes even when they are zero, though its documents call them optional. */
const ALWAYS: Readonly<Record<string, Readonly<Record<string, '' | 0>>>> = {
  'io.k8s.api.apps.v1.StatefulSetOrdinals': { start: 0 },
  'io.k8s.api.apps.v1.StatefulSetSpec': { serviceName: '' },
  'io.k8s.api.apps.v1.StatefulSetStatus': { availableReplicas: 0 },
  'io.k8s.api.core.v1.Event': { reportingComponent: '', reportingInstance: '' },
  'io.k8s.api.core.v1.NodeRuntimeHandler': { name: '' },
  'io.k8s.api.flowcontrol.v1.FlowSchemaSpec': { matchingPrecedence: 0 },
  'io.k8s.api.flowcontrol.v1.QueuingConfiguration': { queues: 0, handSize: 0, queueLengthLimit: 0 },
  'io.k8s.api.policy.v1.PodDisruptionBudgetStatus': {
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
  },
  'io.k8s.api.rbac.v1.RoleRef': { apiGroup: '' },
  'io.k8s.api.scheduling.v1.PriorityClass': { value: 0 },
};

export const alwaysWritten = (definition: string): Readonly<Record<string, '' | 0>> =>
  ALWAYS[definition] ?? {};

/** Whether a required field of a definition stays absent when nobody sent it. */
export const staysAbsent = (definition: string, field: string): boolean =>
  POINTERS_OF[definition]?.includes(field) === true;

/** Whether an optional scalar of a definition keeps its zero. */
export const keepsZero = (definition: string, field: string): boolean =>
  POINTERS.has(field) || staysAbsent(definition, field);

export const nullTimesOf = (definition: string): readonly string[] => NULL_TIMES[definition] ?? [];
