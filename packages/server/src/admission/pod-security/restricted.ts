import { badSeccomp, procMountRestricted, seccompBaseline } from './baseline.ts';
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
  type VersionedCheck,
} from './text.ts';

/** Windows has no such thing. */
const butWindows =
  (check: Check): Check =>
  (pod) =>
    isWindows(pod) ? undefined : check(pod);

/** In a user namespace of its own, root is nobody on the host. */
const butUserNamespace =
  (check: Check): Check =>
  (pod) =>
    hasUserNamespace(pod) ? undefined : check(pod);

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
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

const capabilitiesRestricted: Check = (pod) => {
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
  const setters = settersText(
    pod.spec.securityContext?.runAsUser === 0,
    namesWhere(pod, ({ securityContext }) => securityContext?.runAsUser === 0),
  );
  return setters === ''
    ? undefined
    : { reason: 'runAsUser=0', detail: `${setters} must not set runAsUser=0` };
};

const seccompRestricted: Check = (pod) => {
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

export const restrictedChecks: readonly VersionedCheck[] = [
  {
    id: 'allowPrivilegeEscalation',
    versions: [
      [8, allowPrivilegeEscalation],
      [25, butWindows(allowPrivilegeEscalation)],
    ],
  },
  {
    id: 'capabilities_restricted',
    overrides: 'capabilities_baseline',
    versions: [
      [22, capabilitiesRestricted],
      [25, butWindows(capabilitiesRestricted)],
    ],
  },
  { id: 'procMount_restricted', overrides: 'procMount', versions: [[35, procMountRestricted]] },
  { id: 'restrictedVolumes', overrides: 'hostPathVolumes', versions: [[0, restrictedVolumes]] },
  {
    id: 'runAsNonRoot',
    versions: [
      [0, runAsNonRoot],
      [35, butUserNamespace(runAsNonRoot)],
    ],
  },
  {
    id: 'runAsUser',
    versions: [
      [23, runAsUser],
      [35, butUserNamespace(runAsUser)],
    ],
  },
  {
    id: 'seccompProfile_restricted',
    overrides: 'seccompProfile_baseline',
    versions: [
      [19, seccompRestricted],
      [25, butWindows(seccompRestricted)],
    ],
  },
];
