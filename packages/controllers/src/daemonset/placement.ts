import type { DaemonSet, Node, Pod, PodTemplateSpec, Toleration } from '@gantry/api/generated/types';
import { matchesNode } from '../shared/node-selector.ts';
import { podFromTemplate } from '../shared/pod-template.ts';
import { REVISION_HASH } from '../shared/revisions.ts';
import { untolerated } from '../shared/tolerations.ts';

const PREFIX = 'node.kubernetes.io/';
const TEMPLATE_GENERATION = 'pod-template-generation';

const exists = (key: string, effect: string): Toleration => ({
  key: PREFIX + key,
  operator: 'Exists',
  effect,
});

/** Daemons stay on nodes in trouble. */
function tolerationsFor(template: PodTemplateSpec): Toleration[] {
  const added = [
    exists('not-ready', 'NoExecute'),
    exists('unreachable', 'NoExecute'),
    exists('disk-pressure', 'NoSchedule'),
    exists('memory-pressure', 'NoSchedule'),
    exists('pid-pressure', 'NoSchedule'),
    exists('unschedulable', 'NoSchedule'),
    ...(template.spec?.hostNetwork === true ? [exists('network-unavailable', 'NoSchedule')] : []),
  ];
  const own = template.spec?.tolerations ?? [];
  const isThere = (one: Toleration) =>
    own.some((other) => other.key === one.key && other.effect === one.effect && other.operator === 'Exists');
  return [...own, ...added.filter((one) => !isThere(one))];
}

/** A daemon pod for one node: pinned by affinity, so that the scheduler places it. */
export function daemonPod(set: DaemonSet, node: string, revision: string): Pod {
  const pod = podFromTemplate(set.spec.template, set);
  const affinity = pod.spec.affinity ?? {};
  pod.metadata.labels = {
    ...pod.metadata.labels,
    [REVISION_HASH]: revision,
    [TEMPLATE_GENERATION]: String(set.metadata.generation ?? 1),
  };
  pod.spec = {
    ...pod.spec,
    tolerations: tolerationsFor(set.spec.template),
    affinity: {
      ...affinity,
      nodeAffinity: {
        ...affinity.nodeAffinity,
        // Fields and not labels: whatever the template asks for was checked already.
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }],
        },
      },
    },
  };
  return pod;
}

/** The node that a daemon pod runs on or is pinned to. */
export function nodeOf(pod: Pod): string | undefined {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const term of terms)
    for (const { key, operator, values = [] } of term.matchFields ?? [])
      if (key === 'metadata.name' && operator === 'In' && values.length === 1) return values[0];
  return undefined;
}

export interface Fit {
  readonly shouldRun: boolean;
  /** A pod already there may stay. */
  readonly shouldContinue: boolean;
}

export function fitOf(set: DaemonSet, node: Node): Fit {
  const none = { shouldRun: false, shouldContinue: false };
  const { spec } = set.spec.template;
  if (spec?.nodeName && spec.nodeName !== node.metadata.name) return none;
  const labels = node.metadata.labels ?? {};
  if (!Object.entries(spec?.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return none;
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!matchesNode(required, node)) return none;
  const tolerations = tolerationsFor(set.spec.template);
  if (untolerated(node.spec.taints, tolerations, ['NoSchedule', 'NoExecute']) === undefined)
    return { shouldRun: true, shouldContinue: true };
  return {
    shouldRun: false,
    shouldContinue: untolerated(node.spec.taints, tolerations, ['NoExecute']) === undefined,
  };
}
