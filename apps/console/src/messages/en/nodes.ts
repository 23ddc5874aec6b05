export const nodes = {
  allocations: {
    title: 'Capacity and allocations',
    resource: 'Resource',
    requested: 'Requested',
    limited: 'Limits',
    used: 'Used',
    allocatable: 'For pods',
    share: '{amount} ({percent, number} %)',
  },
  drain: {
    open: 'Drain',
    title: 'Drain {node}',
    text: 'The node takes no new pods, and its pods are asked to go by the eviction API, which heeds disruption budgets.',
    plan: 'What draining would do',
    pods: 'Pods to evict',
    counts:
      '{evict, plural, =0 {No pods will be evicted} one {# pod will be evicted} other {# pods will be evicted}}; {stay, plural, =0 {none stays} one {# stays, since its DaemonSet or the node would make it again} other {# stay, since their DaemonSets or the node would make them again}}.',
    budgets:
      '{count, plural, one {# pod} other {# pods}} may not go now: a PodDisruptionBudget allows no disruption. They are asked again until it does.',
    unmanaged: 'nothing makes it again',
    localData: 'its emptyDir data are lost',
    blockedBy: 'held by {budgets}',
    accept:
      'I accept that {count, plural, one {# pod loses data or does not come back} other {# pods lose data or do not come back}}',
    acceptFirst: 'Accept what is lost first',
    start: 'Cordon and drain',
    stop: 'Stop',
    progress: 'Progress of the drain',
    gone: '{gone, number} of {count, plural, one {# pod} other {# pods}} gone',
    done: '{node} is drained',
    steps: {
      waiting: 'runs',
      asked: 'ending',
      blocked: 'held by a budget',
      gone: 'gone',
      failed: 'failed',
    },
  },
} as const;
