import { array, boolean, int32, map, quantity, ref, string, struct } from '../../../schema/dsl.ts';
import { EnvFromSource, EnvVar } from './environment.ts';
import { Lifecycle, Probe } from './probe.ts';
import { SecurityContext } from './security-context.ts';
import { VolumeDevice, VolumeMount } from './volume-mount.ts';

export const ContainerPort = struct(
  'io.k8s.api.core.v1.ContainerPort',
  {
    containerPort: int32({ required: true, description: 'Port number in the pod, 1 to 65535.' }),
    hostIP: string({ description: 'Address of the node that hostPort is opened at. Unset: all.' }),
    hostPort: int32({
      description: 'Port number on the node. With hostNetwork it is containerPort. Unset: none.',
    }),
    name: string({ description: 'Name that Services and probes can use, unique in the pod.' }),
    protocol: string({ default: 'TCP', description: 'TCP, UDP or SCTP. Default: TCP.', published: 'TCP' }),
  },
  { description: 'A port that a container listens on.' },
);

export const ContainerResizePolicy = struct(
  'io.k8s.api.core.v1.ContainerResizePolicy',
  {
    resourceName: string({ required: true, description: 'cpu or memory.' }),
    restartPolicy: string({
      required: true,
      description:
        'NotRequired applies the change in place, RestartContainer restarts. Default: NotRequired.',
    }),
  },
  { description: 'What a change of one resource does to a running container.' },
);

export const ResourceClaim = struct(
  'io.k8s.api.core.v1.ResourceClaim',
  {
    name: string({ required: true, description: 'Name of an entry in spec.resourceClaims of the pod.' }),
    request: string({ description: 'One request in the claim; unset: all of its devices.' }),
  },
  { description: 'A claim of the pod that a container uses.' },
);

export const ResourceRequirements = struct(
  'io.k8s.api.core.v1.ResourceRequirements',
  {
    claims: array(
      ref(() => ResourceClaim),
      { listType: 'map', listMapKeys: ['name'], description: 'Claims of the pod that the container uses.' },
    ),
    limits: map(quantity(), {
      description:
        'Most that may be used, by resource: cpu is throttled, too much memory ends the container.',
    }),
    requests: map(quantity(), { description: 'What is reserved on the node, by resource. Default: limits.' }),
  },
  { description: 'Compute resources that a container needs and may use.' },
);

export const ContainerRestartRuleOnExitCodes = struct(
  'io.k8s.api.core.v1.ContainerRestartRuleOnExitCodes',
  {
    operator: string({
      required: true,
      published: null,
      description: 'In or NotIn: whether the exit code must be one of the values or none of them.',
    }),
    values: array(int32(), { listType: 'set', description: 'Exit codes, 0 to 255; at most 255 of them.' }),
  },
  { description: 'A set of exit codes.' },
);

export const ContainerRestartRule = struct(
  'io.k8s.api.core.v1.ContainerRestartRule',
  {
    action: string({
      required: true,
      published: null,
      description: 'Restart restarts the container, RestartAllContainers all of the pod.',
    }),
    exitCodes: ref(() => ContainerRestartRuleOnExitCodes, {
      description: 'Exit codes for which the rule holds.',
    }),
  },
  { description: 'What to do when a container ends in a certain way.' },
);

export const EphemeralContainer = struct(
  'io.k8s.api.core.v1.EphemeralContainer',
  {
    args: array(string(), {
      listType: 'atomic',
      description: 'Arguments; unset: those of the image. $(NAME) stands for a variable.',
    }),
    command: array(string(), {
      listType: 'atomic',
      description: 'Program and first arguments, in place of the entry point of the image.',
    }),
    env: array(
      ref(() => EnvVar),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Environment variables.',
      },
    ),
    envFrom: array(
      ref(() => EnvFromSource),
      {
        listType: 'atomic',
        description: 'ConfigMaps and Secrets whose keys become variables. Those in env win.',
      },
    ),
    image: string({ description: 'Name of the image.' }),
    imagePullPolicy: string({
      description: 'Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent.',
    }),
    lifecycle: ref(() => Lifecycle, { description: 'Not allowed here.' }),
    livenessProbe: ref(() => Probe, { description: 'Not allowed here.' }),
    name: string({ required: true, description: 'Name, unique among all containers of the pod.' }),
    ports: array(
      ref(() => ContainerPort),
      {
        listType: 'map',
        listMapKeys: ['containerPort', 'protocol'],
        patchStrategy: 'merge',
        patchMergeKey: 'containerPort',
        description: 'Not allowed here.',
      },
    ),
    readinessProbe: ref(() => Probe, { description: 'Not allowed here.' }),
    resizePolicy: array(
      ref(() => ContainerResizePolicy),
      { listType: 'atomic', description: 'Not allowed here.' },
    ),
    resources: ref(() => ResourceRequirements, {
      default: {},
      byValue: true,
      description: 'Not allowed here: it uses what the pod already has.',
    }),
    restartPolicy: string({ description: 'Not allowed here.' }),
    restartPolicyRules: array(
      ref(() => ContainerRestartRule),
      { listType: 'atomic', description: 'Not allowed here.' },
    ),
    securityContext: ref(() => SecurityContext, { description: 'Identity and rights of this container.' }),
    startupProbe: ref(() => Probe, { description: 'Not allowed here.' }),
    stdin: boolean({ description: 'Keep standard input open. Default: false.' }),
    stdinOnce: boolean({ description: 'Close standard input after the first attach. Default: false.' }),
    targetContainerName: string({
      description: 'Container whose processes this one sees; unset: those of the pod as a whole.',
    }),
    terminationMessagePath: string({
      default: '/dev/termination-log',
      description: 'File whose content becomes the message of the end. Default: /dev/termination-log.',
    }),
    terminationMessagePolicy: string({
      default: 'File',
      description:
        'File, or FallbackToLogsOnError: the end of the log when the file is empty. Default: File.',
    }),
    tty: boolean({ description: 'Give the container a terminal; needs stdin. Default: false.' }),
    volumeDevices: array(
      ref(() => VolumeDevice),
      {
        listType: 'map',
        listMapKeys: ['devicePath'],
        patchStrategy: 'merge',
        patchMergeKey: 'devicePath',
        description: 'Block devices.',
      },
    ),
    volumeMounts: array(
      ref(() => VolumeMount),
      {
        listType: 'map',
        listMapKeys: ['mountPath'],
        patchStrategy: 'merge',
        patchMergeKey: 'mountPath',
        description: 'Volumes of the pod and where they are seen. subPath is not allowed here.',
      },
    ),
    workingDir: string({ description: 'Working folder; unset: that of the image.' }),
  },
  {
    description:
      'A container added to a running pod, to look into it. It is never restarted and has no guarantees.',
  },
);

export const Container = struct(
  'io.k8s.api.core.v1.Container',
  {
    args: array(string(), {
      listType: 'atomic',
      description: 'Arguments; unset: those of the image. $(NAME) stands for a variable.',
    }),
    command: array(string(), {
      listType: 'atomic',
      description:
        'Program and first arguments, in place of the entry point of the image. Not run in a shell.',
    }),
    env: array(
      ref(() => EnvVar),
      {
        listType: 'map',
        listMapKeys: ['name'],
        patchStrategy: 'merge',
        patchMergeKey: 'name',
        description: 'Environment variables.',
      },
    ),
    envFrom: array(
      ref(() => EnvFromSource),
      {
        listType: 'atomic',
        description:
          'ConfigMaps and Secrets whose keys become variables. Those in env win, and later ones over earlier.',
      },
    ),
    image: string({ description: 'Name of the image, such as registry.example/app:1.2.' }),
    imagePullPolicy: string({
      description: 'Always, IfNotPresent or Never. Default: Always for the tag latest, else IfNotPresent.',
    }),
    lifecycle: ref(() => Lifecycle, { description: 'Actions after start and before stop.' }),
    livenessProbe: ref(() => Probe, {
      description: 'When this fails, the container is restarted. Unset: never for this reason.',
    }),
    name: string({ required: true, description: 'Name, unique in the pod; a DNS label. Can not change.' }),
    ports: array(
      ref(() => ContainerPort),
      {
        listType: 'map',
        listMapKeys: ['containerPort', 'protocol'],
        patchStrategy: 'merge',
        patchMergeKey: 'containerPort',
        description: 'Ports that the container listens on. For information: others can be reached too.',
      },
    ),
    readinessProbe: ref(() => Probe, {
      description: 'While this fails, Services do not lead here. Unset: ready as soon as it runs.',
    }),
    resizePolicy: array(
      ref(() => ContainerResizePolicy),
      {
        listType: 'atomic',
        description: 'Whether a change of resources needs a restart. Default: it does not.',
      },
    ),
    resources: ref(() => ResourceRequirements, {
      default: {},
      description: 'CPU, memory and other resources that the container needs and may use.',
      byValue: true,
    }),
    restartPolicy: string({
      description:
        'Own policy: Always, OnFailure or Never. Always makes an init container a sidecar. Unset: that of the pod.',
    }),
    restartPolicyRules: array(
      ref(() => ContainerRestartRule),
      {
        listType: 'atomic',
        description:
          'Rules by exit code, tried in order before restartPolicy; the first that matches decides.',
      },
    ),
    securityContext: ref(() => SecurityContext, {
      description: 'Identity and rights of this container. What is set here wins over the pod.',
    }),
    startupProbe: ref(() => Probe, {
      description: 'Until this succeeds, no other probe runs; when it fails, the container is restarted.',
    }),
    stdin: boolean({ description: 'Keep standard input open. Default: false.' }),
    stdinOnce: boolean({ description: 'Close standard input after the first attach ends. Default: false.' }),
    terminationMessagePath: string({
      default: '/dev/termination-log',
      description:
        'File whose content becomes the message of the end, at most 4 KiB. Default: /dev/termination-log.',
    }),
    terminationMessagePolicy: string({
      default: 'File',
      description:
        'File, or FallbackToLogsOnError: the end of the log when the file is empty. Default: File.',
    }),
    tty: boolean({ description: 'Give the container a terminal; needs stdin. Default: false.' }),
    volumeDevices: array(
      ref(() => VolumeDevice),
      {
        listType: 'map',
        listMapKeys: ['devicePath'],
        patchStrategy: 'merge',
        patchMergeKey: 'devicePath',
        description: 'Block devices of the container.',
      },
    ),
    volumeMounts: array(
      ref(() => VolumeMount),
      {
        listType: 'map',
        listMapKeys: ['mountPath'],
        patchStrategy: 'merge',
        patchMergeKey: 'mountPath',
        description: 'Volumes of the pod and where they are seen.',
      },
    ),
    workingDir: string({ description: 'Working folder; unset: that of the image.' }),
  },
  { description: 'One program of a pod: an image and how to run it.' },
);

export const PodResourceClaim = struct(
  'io.k8s.api.core.v1.PodResourceClaim',
  {
    name: string({
      required: true,
      description: 'Name by which the containers speak of the claim; a DNS label.',
    }),
    resourceClaimName: string({
      description: 'Name of a ResourceClaim in the namespace of the pod. Pods may share it.',
    }),
    resourceClaimTemplateName: string({
      description: 'Name of a ResourceClaimTemplate: a claim is made for this pod, and goes with it.',
    }),
  },
  { description: 'A claim for devices, by name or made from a template; exactly one of the two is set.' },
);
