import type { Container, PodSpec, ResourceRequirements, Volume } from '../../generated/types.ts';

/** The host part of an image's name. */
const REGISTRY =
  /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*(:\d+)?$|^\[[a-fA-F0-9:]+\](:\d+)?$/;

/** Defaults of a pod's spec that depend on other fields; shared by pods and templates. The rest is in the schema. */
export function defaultPodSpec(spec: PodSpec): void {
  // Admission looks at the containers before validation misses them.
  spec.containers ??= [];
  dropUnserved(spec);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  mirrorServiceAccount(spec);
}

/** Defaults that only a pod has, not a template. */
export function defaultPod(spec: PodSpec): void {
  spec.enableServiceLinks ??= true;
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    requestWhatIsLimited(container.resources);
    if (spec.hostNetwork !== true) continue;
    for (const port of container.ports ?? []) if (!port.hostPort) port.hostPort = port.containerPort;
  }
  requestWhatIsLimited(spec.resources);
}

/** Fields of features that the original has off in this version: it takes them and stores nothing. */
function dropUnserved(spec: PodSpec): void {
  delete spec.schedulingGroup;
  for (const list of [spec.containers, spec.initContainers, spec.ephemeralContainers] as const)
    for (const container of list ?? []) {
      if (container.lifecycle?.stopSignal === undefined) continue;
      delete container.lifecycle.stopSignal;
      if (Object.keys(container.lifecycle).length === 0) delete container.lifecycle;
    }
  for (const { projected } of spec.volumes ?? [])
    for (const source of projected?.sources ?? []) {
      delete source.clusterTrustBundle;
      delete source.podCertificate;
    }
}

type ContainerLike = Pick<
  Container,
  'image' | 'imagePullPolicy' | 'livenessProbe' | 'readinessProbe' | 'startupProbe'
>;

function defaultContainer(container: ContainerLike): void {
  if (!container.imagePullPolicy) container.imagePullPolicy = pullPolicyOf(container.image ?? '');
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe === undefined) continue;
    // Zero means unset here; the schema's defaults have covered absence.
    probe.timeoutSeconds ||= 1;
    probe.periodSeconds ||= 10;
    probe.successThreshold ||= 1;
    probe.failureThreshold ||= 3;
  }
}

function defaultVolume(volume: Volume): void {
  if (Object.keys(volume).length <= 1) volume.emptyDir = {};
  if (volume.image !== undefined && !volume.image.pullPolicy)
    volume.image.pullPolicy = pullPolicyOf(volume.image.reference ?? '');
}

const MAX_IMAGE_NAME = 255;

/** Whether the name can be one of an image: what follows the registry is lower case. */
function isImageName(name: string): boolean {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  const hasRegistry = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  if (hasRegistry && !REGISTRY.test(first)) return false;
  const path = (hasRegistry ? name.slice(slash + 1) : name).replace(/:[^/:]*$/, '');
  return (
    path.length <= MAX_IMAGE_NAME &&
    /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(path)
  );
}

/** Always for `latest`, named or implied; a digest or another tag does not move, nor does what is no name. */
function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  const [name = '', digest] = image.split('@');
  if (!isImageName(name)) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(name)?.[1] ?? (digest === undefined ? 'latest' : '');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** `serviceAccount` is the old name of `serviceAccountName`: both are stored. */
function mirrorServiceAccount(spec: PodSpec): void {
  const name = spec.serviceAccountName || spec.serviceAccount;
  if (!name) return;
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
}

function requestWhatIsLimited(resources: ResourceRequirements | undefined): void {
  const limits = resources?.limits;
  if (resources === undefined || limits === undefined) return;
  for (const [name, amount] of Object.entries(limits)) {
    resources.requests ??= {};
    resources.requests[name] ??= amount;
  }
}
