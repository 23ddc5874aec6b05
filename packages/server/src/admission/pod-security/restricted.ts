import {
  badSeccomp,
  baselineChecks,
  capabilitiesBaseline,
  hostPathVolumes,
  procMount,
  procMountRestricted,
  seccompBaseline,
} from './baseline.ts';
import {
  type Check,
  containersOf,
  containersText,
  hasUserNamespace,
  isWindows,
  namesWhere,
  plural,
  quoted,
  settersText,
  sortedSet,
} from './text.ts';

const VOLUME_TYPES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const allowPrivilegeEscalation: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

const capabilitiesRestricted: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const keeps = namesWhere(
    pod,
    ({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'),
  );
  const added = (container: (typeof pod.spec.containers)[number]): string[] =>
    (container.securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const adds = namesWhere(pod, (container) => added(container).length > 0);
  const details = [
    ...(keeps.length > 0
      ? [`${containersText(keeps)} must set securityContext.capabilities.drop=["ALL"]`]
      : []),
    ...(adds.length > 0
      ? [
          `${containersText(adds)} must not include ${quoted(sortedSet(containersOf(pod).flatMap(added)))} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  return details.length === 0
    ? undefined
    : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const restrictedVolumes: Check = ({ spec }) => {
  const typed = (spec.volumes ?? []).map((volume) => ({
    name: volume.name,
    type: Object.keys(volume).find((key) => key !== 'name') ?? 'unknown',
  }));
  const bad = typed.filter(({ type }) => !VOLUME_TYPES.has(type));
  if (bad.length === 0) return undefined;
  const types = sortedSet(bad.map(({ type }) => type));
  const names = bad.map(({ name }) => name);
  const what = plural('restricted volume type', 'restricted volume types', types.length);
  return {
    reason: 'restricted volume types',
    detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)} ${plural('uses', 'use', names.length)} ${what} ${quoted(types)}`,
  };
};

const runAsNonRoot: Check = (pod) => {
  if (hasUserNamespace(pod)) return undefined;
  const reason = 'runAsNonRoot != true';
  const podValue = pod.spec.securityContext?.runAsNonRoot;
  const setters = settersText(
    podValue === false,
    namesWhere(pod, ({ securityContext }) => securityContext?.runAsNonRoot === false),
  );
  if (setters !== '') return { reason, detail: `${setters} must not set securityContext.runAsNonRoot=false` };
  if (podValue === true) return undefined;
  const silent = namesWhere(pod, ({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (silent.length === 0) return undefined;
  return { reason, detail: `pod or ${containersText(silent)} must set securityContext.runAsNonRoot=true` };
};

const runAsUser: Check = (pod) => {
  if (hasUserNamespace(pod)) return undefined;
  const setters = settersText(
    pod.spec.securityContext?.runAsUser === 0,
    namesWhere(pod, ({ securityContext }) => securityContext?.runAsUser === 0),
  );
  return setters === ''
    ? undefined
    : { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
};

const seccompRestricted: Check = (pod) => {
  if (isWindows(pod)) return undefined;
  const { setters } = badSeccomp(pod);
  if (setters !== '') return seccompBaseline(pod);
  if (pod.spec.securityContext?.seccompProfile !== undefined) return undefined;
  const silent = namesWhere(pod, ({ securityContext }) => securityContext?.seccompProfile === undefined);
  if (silent.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containersText(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};

/** Stricter forms of these stand among the restricted checks. */
const OVERRIDDEN = new Set<Check>([capabilitiesBaseline, hostPathVolumes, procMount, seccompBaseline]);

/** Baseline's checks that no stricter one replaces, then the level's own. */
export const restrictedChecks: readonly Check[] = [
  ...baselineChecks.filter((check) => !OVERRIDDEN.has(check)),
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMountRestricted,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];
