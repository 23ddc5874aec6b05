import type { Container, Pod } from '@gantry/api/generated/types';

/** The parts of a pod, or of a pod template, that the checks see. */
export interface PodLike {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: Pod['spec'];
}

/** What a check found: `reason (detail)`. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

export type Check = (pod: PodLike) => Violation | undefined;

/** A check and how it became stricter or laxer: the first minor version of Kubernetes 1 with each form. */
export interface VersionedCheck {
  readonly id: string;
  readonly versions: readonly (readonly [minor: number, check: Check])[];
  /** Of the restricted level: the check of the baseline that it stands for. */
  readonly overrides?: string;
}

export const plural = (singular: string, several: string, count: number): string =>
  count === 1 ? singular : several;

export const quoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ');

export const sortedSet = (items: readonly string[]): string[] => [...new Set(items)].sort();

/** `container "a"` or `containers "a", "b"`. */
export const containersText = (names: readonly string[]): string =>
  `${plural('container', 'containers', names.length)} ${quoted(names)}`;

/** `pod and container "a"`: who set a bad value. */
export const settersText = (pod: boolean, names: readonly string[]): string =>
  [...(pod ? ['pod'] : []), ...(names.length > 0 ? [containersText(names)] : [])].join(' and ');

/** All containers in the order in which the original visits them. */
export const containersOf = ({ spec }: PodLike): readonly Container[] =>
  [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])] as Container[];

export const namesWhere = (pod: PodLike, test: (container: Container) => boolean): string[] =>
  containersOf(pod)
    .filter(test)
    .map(({ name }) => name);

export const isWindows = ({ spec }: PodLike): boolean => spec.os?.name === 'windows';
/** In a user namespace of its own, root is nobody on the host. */
export const hasUserNamespace = ({ spec }: PodLike): boolean => spec.hostUsers === false;
