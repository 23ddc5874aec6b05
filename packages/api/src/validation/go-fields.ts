/**
 * Fields of the original's internal types in the order of their declaration: that is how its messages print values. By
 * definition, without `io.k8s.api.` and, if so, `core.v1.`: names as they are in Go, `=name` where the one in JSON differs by more than
 * capitals, `*` where the field is a pointer. `...` stands for metadata, whose fields are inline.
 */
export const GO_FIELDS: Readonly<Record<string, string>> = {
  'batch.v1.PodFailurePolicy': 'Rules',
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': 'ContainerName* Operator Values',
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': 'Type Status',
  'batch.v1.PodFailurePolicyRule': 'Action OnExitCodes* OnPodConditions',
  'batch.v1.SuccessPolicy': 'Rules',
  'batch.v1.SuccessPolicyRule': 'SucceededIndexes* SucceededCount*',
  AWSElasticBlockStoreVolumeSource: 'VolumeID FSType Partition ReadOnly',
  Affinity: 'NodeAffinity* PodAffinity* PodAntiAffinity*',
  AppArmorProfile: 'Type LocalhostProfile*',
  AzureDiskVolumeSource: 'DiskName DataDiskURI=diskURI CachingMode* FSType* ReadOnly* Kind*',
  AzureFilePersistentVolumeSource: 'SecretName ShareName ReadOnly SecretNamespace*',
  AzureFileVolumeSource: 'SecretName ShareName ReadOnly',
  CSIPersistentVolumeSource:
    'Driver VolumeHandle ReadOnly FSType VolumeAttributes ControllerPublishSecretRef* ' +
    'NodeStageSecretRef* NodePublishSecretRef* ControllerExpandSecretRef* NodeExpandSecretRef*',
  CSIVolumeSource: 'Driver ReadOnly* FSType* VolumeAttributes NodePublishSecretRef*',
  Capabilities: 'Add Drop',
  CephFSPersistentVolumeSource: 'Monitors Path User SecretFile SecretRef* ReadOnly',
  CephFSVolumeSource: 'Monitors Path User SecretFile SecretRef* ReadOnly',
  CinderPersistentVolumeSource: 'VolumeID FSType ReadOnly SecretRef*',
  CinderVolumeSource: 'VolumeID FSType ReadOnly SecretRef*',
  ClusterTrustBundleProjection: 'Name* SignerName* LabelSelector* Optional* Path',
  ConfigMapEnvSource: 'Name Optional*',
  ConfigMapKeySelector: 'Name Key Optional*',
  ConfigMapProjection: 'Name Items Optional*',
  ConfigMapVolumeSource: 'Name Items DefaultMode* Optional*',
  Container:
    'Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy RestartPolicy* ' +
    'RestartPolicyRules VolumeMounts VolumeDevices LivenessProbe* ReadinessProbe* StartupProbe* ' +
    'Lifecycle* TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext* ' +
    'Stdin StdinOnce TTY',
  ContainerPort: 'Name HostPort ContainerPort Protocol HostIP',
  ContainerResizePolicy: 'ResourceName RestartPolicy',
  ContainerRestartRule: 'Action ExitCodes*',
  ContainerRestartRuleOnExitCodes: 'Operator Values',
  DownwardAPIProjection: 'Items',
  DownwardAPIVolumeFile: 'Path FieldRef* ResourceFieldRef* Mode*',
  DownwardAPIVolumeSource: 'Items DefaultMode*',
  EmptyDirVolumeSource: 'Medium SizeLimit*',
  EnvFromSource: 'Prefix ConfigMapRef* SecretRef*',
  EnvVar: 'Name Value ValueFrom*',
  EnvVarSource: 'FieldRef* ResourceFieldRef* ConfigMapKeyRef* SecretKeyRef* FileKeyRef*',
  EphemeralContainer:
    'Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy RestartPolicy* ' +
    'RestartPolicyRules VolumeMounts VolumeDevices LivenessProbe* ReadinessProbe* StartupProbe* ' +
    'Lifecycle* TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext* ' +
    'Stdin StdinOnce TTY TargetContainerName',
  EventSource: 'Component Host',
  EphemeralVolumeSource: 'VolumeClaimTemplate*',
  ExecAction: 'Command',
  FCVolumeSource: 'TargetWWNs Lun* FSType ReadOnly WWIDs',
  FileKeySelector: 'VolumeName Path Key Optional*',
  FlexPersistentVolumeSource: 'Driver FSType SecretRef* ReadOnly Options',
  FlexVolumeSource: 'Driver FSType SecretRef* ReadOnly Options',
  FlockerVolumeSource: 'DatasetName DatasetUUID',
  GCEPersistentDiskVolumeSource: 'PDName FSType Partition ReadOnly',
  GRPCAction: 'Port Service*',
  GitRepoVolumeSource: 'Repository Revision Directory',
  GlusterfsPersistentVolumeSource: 'EndpointsName=endpoints Path ReadOnly EndpointsNamespace*',
  GlusterfsVolumeSource: 'EndpointsName=endpoints Path ReadOnly',
  HTTPGetAction: 'Path Port Host Scheme HTTPHeaders',
  HTTPHeader: 'Name Value',
  HostAlias: 'IP Hostnames',
  HostPathVolumeSource: 'Path Type*',
  ISCSIPersistentVolumeSource:
    'TargetPortal IQN Lun ISCSIInterface FSType ReadOnly Portals DiscoveryCHAPAuth=chapAuthDiscovery ' +
    'SessionCHAPAuth=chapAuthSession SecretRef* InitiatorName*',
  ISCSIVolumeSource:
    'TargetPortal IQN Lun ISCSIInterface FSType ReadOnly Portals DiscoveryCHAPAuth=chapAuthDiscovery ' +
    'SessionCHAPAuth=chapAuthSession SecretRef* InitiatorName*',
  ImageVolumeSource: 'Reference PullPolicy',
  KeyToPath: 'Key Path Mode*',
  Lifecycle: 'PostStart* PreStop* StopSignal*',
  LifecycleHandler: 'Exec* HTTPGet* TCPSocket* Sleep*',
  LocalObjectReference: 'Name',
  LocalVolumeSource: 'Path FSType*',
  NFSVolumeSource: 'Server Path ReadOnly',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution* PreferredDuringSchedulingIgnoredDuringExecution',
  NodeSelector: 'NodeSelectorTerms',
  NodeSelectorRequirement: 'Key Operator Values',
  NodeSelectorTerm: 'MatchExpressions MatchFields',
  ObjectFieldSelector: 'APIVersion FieldPath',
  ObjectReference: 'Kind Namespace Name UID APIVersion ResourceVersion FieldPath',
  PersistentVolumeClaimSpec:
    'AccessModes Selector* Resources VolumeName StorageClassName* VolumeMode* DataSource* ' +
    'DataSourceRef* VolumeAttributesClassName*',
  PersistentVolumeClaimTemplate: '... Spec',
  PersistentVolumeClaimVolumeSource: 'ClaimName ReadOnly',
  PersistentVolumeSpec:
    'Capacity GCEPersistentDisk* AWSElasticBlockStore* HostPath* Glusterfs* NFS* RBD* Quobyte* ' +
    'ISCSI* FlexVolume* Cinder* CephFS* FC* Flocker* AzureFile* VsphereVolume* AzureDisk* ' +
    'PhotonPersistentDisk* PortworxVolume* ScaleIO* Local* StorageOS* CSI* AccessModes ClaimRef* ' +
    'PersistentVolumeReclaimPolicy StorageClassName MountOptions VolumeMode* NodeAffinity* ' +
    'VolumeAttributesClassName*',
  PhotonPersistentDiskVolumeSource: 'PdID FSType',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution',
  PodAffinityTerm:
    'LabelSelector* Namespaces TopologyKey NamespaceSelector* MatchLabelKeys MismatchLabelKeys',
  PodAntiAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution',
  PodCertificateProjection:
    'SignerName KeyType MaxExpirationSeconds* CredentialBundlePath KeyPath CertificateChainPath ' +
    'UserAnnotations',
  PodDNSConfig: 'Nameservers Searches Options',
  PodDNSConfigOption: 'Name Value*',
  PodOS: 'Name',
  PodReadinessGate: 'ConditionType',
  PodResourceClaim: 'Name ResourceClaimName* ResourceClaimTemplateName*',
  PodSchedulingGate: 'Name',
  PodSchedulingGroup: 'PodGroupName*',
  PodSecurityContext:
    'HostNetwork HostPID HostIPC ShareProcessNamespace* HostUsers* SELinuxOptions* WindowsOptions* ' +
    'RunAsUser* RunAsGroup* RunAsNonRoot* SupplementalGroups SupplementalGroupsPolicy* FSGroup* ' +
    'FSGroupChangePolicy* Sysctls SeccompProfile* AppArmorProfile* SELinuxChangePolicy*',
  PodSpec:
    'Volumes InitContainers Containers EphemeralContainers RestartPolicy ' +
    'TerminationGracePeriodSeconds* ActiveDeadlineSeconds* DNSPolicy NodeSelector ServiceAccountName ' +
    'AutomountServiceAccountToken* NodeName SecurityContext* ImagePullSecrets Hostname Subdomain ' +
    'SetHostnameAsFQDN* Affinity* SchedulerName Tolerations HostAliases PriorityClassName Priority* ' +
    'PreemptionPolicy* DNSConfig* ReadinessGates RuntimeClassName* Overhead EnableServiceLinks* ' +
    'TopologySpreadConstraints OS* SchedulingGates ResourceClaims Resources* HostnameOverride* ' +
    'SchedulingGroup*',
  PodTemplateSpec: '... Spec',
  PortworxVolumeSource: 'VolumeID FSType ReadOnly',
  PreferredSchedulingTerm: 'Weight Preference',
  Probe:
    'Exec* HTTPGet* TCPSocket* GRPC* InitialDelaySeconds TimeoutSeconds PeriodSeconds ' +
    'SuccessThreshold FailureThreshold TerminationGracePeriodSeconds*',
  ProjectedVolumeSource: 'Sources DefaultMode*',
  QuobyteVolumeSource: 'Registry Volume ReadOnly User Group Tenant',
  RBDPersistentVolumeSource:
    'CephMonitors=monitors RBDImage=image FSType RBDPool=pool RadosUser=user Keyring SecretRef* ' +
    'ReadOnly',
  RBDVolumeSource:
    'CephMonitors=monitors RBDImage=image FSType RBDPool=pool RadosUser=user Keyring SecretRef* ' +
    'ReadOnly',
  ResourceClaim: 'Name Request',
  ResourceFieldSelector: 'ContainerName Resource Divisor',
  ResourceRequirements: 'Limits Requests Claims',
  SELinuxOptions: 'User Role Type Level',
  ScaleIOPersistentVolumeSource:
    'Gateway System SecretRef* SSLEnabled ProtectionDomain StoragePool StorageMode VolumeName FSType ' +
    'ReadOnly',
  ScaleIOVolumeSource:
    'Gateway System SecretRef* SSLEnabled ProtectionDomain StoragePool StorageMode VolumeName FSType ' +
    'ReadOnly',
  SeccompProfile: 'Type LocalhostProfile*',
  SecretEnvSource: 'Name Optional*',
  SecretKeySelector: 'Name Key Optional*',
  SecretProjection: 'Name Items Optional*',
  SecretReference: 'Name Namespace',
  SecretVolumeSource: 'SecretName Items DefaultMode* Optional*',
  SecurityContext:
    'Capabilities* Privileged* SELinuxOptions* WindowsOptions* RunAsUser* RunAsGroup* RunAsNonRoot* ' +
    'ReadOnlyRootFilesystem* AllowPrivilegeEscalation* ProcMount* SeccompProfile* AppArmorProfile*',
  ServiceAccountTokenProjection: 'Audience ExpirationSeconds Path',
  SleepAction: 'Seconds',
  StorageOSPersistentVolumeSource: 'VolumeName VolumeNamespace FSType ReadOnly SecretRef*',
  StorageOSVolumeSource: 'VolumeName VolumeNamespace FSType ReadOnly SecretRef*',
  Sysctl: 'Name Value',
  TCPSocketAction: 'Port Host',
  Toleration: 'Key Operator Value Effect TolerationSeconds*',
  TopologySpreadConstraint:
    'MaxSkew TopologyKey WhenUnsatisfiable LabelSelector* MinDomains* NodeAffinityPolicy* ' +
    'NodeTaintsPolicy* MatchLabelKeys',
  TypedLocalObjectReference: 'APIGroup* Kind Name',
  TypedObjectReference: 'APIGroup* Kind Name Namespace*',
  Volume:
    'Name HostPath* EmptyDir* GCEPersistentDisk* AWSElasticBlockStore* GitRepo* Secret* NFS* ISCSI* ' +
    'Glusterfs* PersistentVolumeClaim* RBD* Quobyte* FlexVolume* Cinder* CephFS* Flocker* ' +
    'DownwardAPI* FC* AzureFile* ConfigMap* VsphereVolume* AzureDisk* PhotonPersistentDisk* ' +
    'Projected* PortworxVolume* ScaleIO* StorageOS* CSI* Ephemeral* Image*',
  VolumeDevice: 'Name DevicePath',
  VolumeMount: 'Name ReadOnly RecursiveReadOnly* MountPath SubPath MountPropagation* SubPathExpr',
  VolumeNodeAffinity: 'Required*',
  VolumeProjection:
    'Secret* DownwardAPI* ConfigMap* ServiceAccountToken* ClusterTrustBundle* PodCertificate*',
  VolumeResourceRequirements: 'Limits Requests',
  VsphereVirtualDiskVolumeSource: 'VolumePath FSType StoragePolicyName StoragePolicyID',
  WeightedPodAffinityTerm: 'Weight PodAffinityTerm',
  WindowsSecurityContextOptions: 'GMSACredentialSpecName* GMSACredentialSpec* RunAsUserName* HostProcess*',
  'resource.v1.AllocationResult': 'Devices NodeSelector* AllocationTimestamp*',
  'resource.v1.CELDeviceSelector': 'Expression',
  'resource.v1.CapacityRequirements': 'Requests',
  'resource.v1.DeviceAllocationConfiguration': 'Source Requests Opaque*',
  'resource.v1.DeviceAllocationResult': 'Results Config',
  'resource.v1.DeviceClaim': 'Requests Constraints Config',
  'resource.v1.DeviceClaimConfiguration': 'Requests Opaque*',
  'resource.v1.DeviceConstraint': 'Requests MatchAttribute* DistinctAttribute*',
  'resource.v1.DeviceRequest': 'Name Exactly* FirstAvailable',
  'resource.v1.DeviceRequestAllocationResult':
    'Request Driver Pool Device AdminAccess* Tolerations BindingConditions BindingFailureConditions ' +
    'ShareID* ConsumedCapacity',
  'resource.v1.DeviceSelector': 'CEL*',
  'resource.v1.DeviceSubRequest': 'Name DeviceClassName Selectors AllocationMode Count Tolerations Capacity*',
  'resource.v1.DeviceToleration': 'Key Operator Value Effect TolerationSeconds*',
  'resource.v1.ExactDeviceRequest':
    'DeviceClassName Selectors AllocationMode Count AdminAccess* Tolerations Capacity*',
  'resource.v1.OpaqueDeviceConfiguration': 'Driver Parameters',
  'resource.v1.ResourceClaimSpec': 'Devices',
};
