import { podQOSClass } from '@gantry/api/core/v1/pod-qos';
import type { Namespace, Pod, Toleration } from '@gantry/api/generated/types';
import { internal, notFound } from '@gantry/machinery/status';
import { readObject } from '../../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../../request.ts';
import { denied, isResource } from '../denial.ts';
import { coversToleration, mergeTolerations } from '../tolerations.ts';

/** What holds in namespaces that say nothing of their own. */
export interface PodTolerationOptions {
  readonly default?: readonly Toleration[];
  readonly whitelist?: readonly Toleration[];
}

const DEFAULTS = 'scheduler.alpha.kubernetes.io/defaultTolerations';
const WHITELIST = 'scheduler.alpha.kubernetes.io/tolerationsWhitelist';
const MEMORY_PRESSURE: Toleration = {
  key: 'node.kubernetes.io/memory-pressure',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** The list in an annotation of the request's namespace; undefined when it has none. Throws NotFound, InternalError. */
function annotated(
  { attributes: { namespace }, state }: AdmissionRequest,
  key: string,
): Toleration[] | undefined {
  const found = readObject<Namespace>(state, 'namespaces', '', namespace);
  if (found === undefined) throw notFound({ group: '', resource: 'namespaces' }, namespace);
  const text = found.metadata.annotations?.[key];
  if (text === undefined || text === '') return text === undefined ? undefined : [];
  try {
    const list = JSON.parse(text) as unknown;
    if (Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null))
      return list as Toleration[];
  } catch {
    // Told below, with all else that is no list.
  }
  throw internal(`annotation ${key} of namespace ${namespace} is no list of tolerations`);
}

function check(request: AdmissionRequest, whitelist: readonly Toleration[] = []): void {
  const { spec } = request.object as unknown as Pod;
  if (spec.tolerations === undefined || spec.tolerations.length === 0) return;
  const own = annotated(request, WHITELIST);
  const allowed = own ?? whitelist;
  if (allowed.length === 0) return;
  if (spec.tolerations.some((one) => !allowed.some((wide) => coversToleration(wide, one))))
    throw denied(
      request,
      `pod tolerations (possibly merged with namespace default tolerations) conflict with its ${own === undefined ? 'cluster' : 'namespace'} whitelist`,
    );
}

/** Pods tolerate what their namespace says, and no more than it allows. */
export const createPodTolerationRestriction = (options: PodTolerationOptions = {}): AdmissionPlugin => ({
  name: 'PodTolerationRestriction',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  mutate(request) {
    const { spec } = request.object as unknown as Pod;
    const extra =
      request.operation === 'CREATE' ? [...(annotated(request, DEFAULTS) ?? options.default ?? [])] : [];
    if (podQOSClass(spec) !== 'BestEffort') extra.push(MEMORY_PRESSURE);
    if (extra.length > 0) spec.tolerations = mergeTolerations([...(spec.tolerations ?? []), ...extra]);
    check(request, options.whitelist);
  },
  validate: (request) => check(request, options.whitelist),
});
