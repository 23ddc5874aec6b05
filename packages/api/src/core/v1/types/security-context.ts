import { array, boolean, int64, ref, string, struct } from '../../../schema/dsl.ts';

export const SeccompProfile = struct(
  'io.k8s.api.core.v1.SeccompProfile',
  {
    localhostProfile: string({
      description:
        'File of the profile, relative to the folder of profiles on the node. Only and always with type Localhost.',
    }),
    type: string({
      required: true,
      description: 'RuntimeDefault, Localhost for a file on the node, or Unconfined for no filter.',
    }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } }],
    description: 'The filter of system calls.',
  },
);

export const Capabilities = struct(
  'io.k8s.api.core.v1.Capabilities',
  {
    add: array(string(), {
      listType: 'atomic',
      description: 'Capabilities to add, without CAP_, such as NET_ADMIN.',
    }),
    drop: array(string(), { listType: 'atomic', description: 'Capabilities to take away; ALL takes all.' }),
  },
  { description: 'Linux capabilities added to or taken from the default set of the runtime.' },
);

export const WindowsSecurityContextOptions = struct(
  'io.k8s.api.core.v1.WindowsSecurityContextOptions',
  {
    gmsaCredentialSpec: string({
      description: 'Content of the credential spec of a group managed service account.',
    }),
    gmsaCredentialSpecName: string({
      description: 'Name of a stored credential spec; an admission webhook fills in its content.',
    }),
    hostProcess: boolean({
      description:
        'Run as a process of the node. All containers of a pod must agree, and hostNetwork must be true.',
    }),
    runAsUserName: string({ description: 'Windows user that runs the program. Default: that of the image.' }),
  },
  { description: 'Identity on Windows nodes.' },
);

export const SELinuxOptions = struct(
  'io.k8s.api.core.v1.SELinuxOptions',
  {
    level: string({ description: 'Level part of the label.' }),
    role: string({ description: 'Role part of the label.' }),
    type: string({ description: 'Type part of the label.' }),
    user: string({ description: 'User part of the label.' }),
  },
  { description: 'An SELinux label. Parts left unset come from the runtime.' },
);

export const AppArmorProfile = struct(
  'io.k8s.api.core.v1.AppArmorProfile',
  {
    localhostProfile: string({
      description: 'Name of a profile loaded on the node. Only and always with type Localhost.',
    }),
    type: string({
      required: true,
      description: 'RuntimeDefault, Localhost for one loaded on the node, or Unconfined for none.',
    }),
  },
  {
    unions: [{ discriminator: 'type', 'fields-to-discriminateBy': { localhostProfile: 'LocalhostProfile' } }],
    description: 'The AppArmor profile.',
  },
);

export const SecurityContext = struct(
  'io.k8s.api.core.v1.SecurityContext',
  {
    allowPrivilegeEscalation: boolean({
      description:
        'Whether a program may gain more rights than its parent, through setuid for one. Default: true.',
    }),
    appArmorProfile: ref(() => AppArmorProfile, {
      description: 'AppArmor profile of this container. Not on Windows.',
    }),
    capabilities: ref(() => Capabilities, {
      description: 'Linux capabilities to add and to drop. Not on Windows.',
    }),
    privileged: boolean({
      description: 'true gives almost all rights of root on the node. Default: false. Not on Windows.',
    }),
    procMount: string({
      description:
        'How /proc is mounted: Default hides and protects parts of it, Unmasked does not. Default: Default.',
    }),
    readOnlyRootFilesystem: boolean({
      description: 'true: the file system of the image can not be written. Default: false.',
    }),
    runAsGroup: int64({ description: 'Group id of the program. Not on Windows.' }),
    runAsNonRoot: boolean({ description: 'true: the container does not start when it would run as root.' }),
    runAsUser: int64({ description: 'User id of the program. Not on Windows.' }),
    seLinuxOptions: ref(() => SELinuxOptions, {
      description: 'SELinux label of this container. Not on Windows.',
    }),
    seccompProfile: ref(() => SeccompProfile, { description: 'Filter of system calls. Not on Windows.' }),
    windowsOptions: ref(() => WindowsSecurityContextOptions, {
      description: 'Identity on Windows nodes. Not on Linux.',
    }),
  },
  { description: 'Identity and rights of one container. What is set here wins over the pod.' },
);

export const Sysctl = struct(
  'io.k8s.api.core.v1.Sysctl',
  {
    name: string({ required: true, description: 'Name of the parameter, such as net.core.somaxconn.' }),
    value: string({ required: true, description: 'Value of the parameter.' }),
  },
  { description: 'A kernel parameter.' },
);

export const PodSecurityContext = struct(
  'io.k8s.api.core.v1.PodSecurityContext',
  {
    appArmorProfile: ref(() => AppArmorProfile, {
      description: 'AppArmor profile of the containers. Not on Windows.',
    }),
    fsGroup: int64({
      description:
        'Group that owns the volumes which can be given away; all containers belong to it. Not on Windows.',
    }),
    fsGroupChangePolicy: string({
      description:
        'When to change the owner of files: Always, or OnRootMismatch, only when the top folder differs. Default: Always.',
    }),
    runAsGroup: int64({
      description: 'Group id of the programs. Default: that of the image. Not on Windows.',
    }),
    runAsNonRoot: boolean({
      description: 'true: a container that would run as root does not start. Default: false.',
    }),
    runAsUser: int64({ description: 'User id of the programs. Default: that of the image. Not on Windows.' }),
    seLinuxChangePolicy: string({
      description:
        'How volumes get their SELinux label: MountOption at mount, or Recursive file by file. Default: MountOption.',
    }),
    seLinuxOptions: ref(() => SELinuxOptions, {
      description: 'SELinux label of the containers. Default: one that the runtime picks. Not on Windows.',
    }),
    seccompProfile: ref(() => SeccompProfile, { description: 'Filter of system calls. Not on Windows.' }),
    supplementalGroups: array(int64(), {
      listType: 'atomic',
      description: 'More groups of the programs, besides runAsGroup and fsGroup. Not on Windows.',
    }),
    supplementalGroupsPolicy: string({
      description: 'Merge adds the groups that the image knows of the user, Strict does not. Default: Merge.',
    }),
    sysctls: array(
      ref(() => Sysctl),
      {
        listType: 'atomic',
        description: 'Kernel parameters of the namespaces of the pod. The node must allow them.',
      },
    ),
    windowsOptions: ref(() => WindowsSecurityContextOptions, {
      description: 'Identity on Windows nodes. Not on Linux.',
    }),
  },
  {
    description: 'Identity and rights of all containers of a pod. A container can say otherwise for itself.',
  },
);
