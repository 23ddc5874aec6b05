import type { Pod, PodFailurePolicy, PodFailurePolicyRule } from '@gantry/api/generated/types';

export interface Verdict {
  readonly action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count' | undefined;
  /** Why the Job fails; only for FailJob. */
  readonly message: string;
}

/** What the first matching rule says of a failed pod. https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */
export function judge(policy: PodFailurePolicy | undefined, pod: Pod): Verdict {
  const rules = policy?.rules ?? [];
  for (const [i, rule] of rules.entries()) {
    const cause = byExitCode(rule, pod) ?? byCondition(rule, pod);
    if (cause === undefined) continue;
    const action = rule.action as Verdict['action'];
    return { action, message: action === 'FailJob' ? `${cause} matching FailJob rule at index ${i}` : '' };
  }
  return { action: undefined, message: '' };
}

function byExitCode(rule: PodFailurePolicyRule, pod: Pod): string | undefined {
  const wanted = rule.onExitCodes;
  if (wanted === undefined) return undefined;
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  for (const status of statuses) {
    const code = status.state?.terminated?.exitCode;
    if (code === undefined || code === 0) continue;
    if (wanted.containerName !== undefined && wanted.containerName !== status.name) continue;
    if (wanted.values.includes(code) === (wanted.operator === 'In'))
      return `Container ${status.name} for pod ${pod.metadata.namespace}/${pod.metadata.name} failed with exit code ${code}`;
  }
  return undefined;
}

function byCondition(rule: PodFailurePolicyRule, pod: Pod): string | undefined {
  for (const pattern of rule.onPodConditions ?? []) {
    const found = pod.status?.conditions?.find(
      (condition) => condition.type === pattern.type && condition.status === (pattern.status ?? 'True'),
    );
    if (found !== undefined)
      return `Pod ${pod.metadata.namespace}/${pod.metadata.name} has condition ${found.type}`;
  }
  return undefined;
}
