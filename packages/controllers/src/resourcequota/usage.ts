import type { PersistentVolumeClaim, Pod, Service } from '@gantry/api/generated/types';
import { addQuantities, parseQuantity, type Quantity } from '@gantry/machinery/quantity';
import { isFinished } from '../shared/pods.ts';

export type Usage = Map<string, Quantity>;
const CLASS_INFIX = '.storageclass.storage.k8s.io/';

export function add(usage: Usage, name: string, quantity: Quantity): void {
  const sum = usage.get(name);
  usage.set(name, sum === undefined ? quantity : addQuantities(sum, quantity));
}

type Amounts = Readonly<Record<string, string | number>> | undefined;

const sum = (lists: readonly Amounts[]): Usage => {
  const total: Usage = new Map();
  for (const list of lists)
    for (const [name, text] of Object.entries(list ?? {})) add(total, name, parseQuantity(text));
  return total;
};

/** Containers and sidecars together or the hungriest init container, whichever is more; plus the overhead. */
function podAmounts(pod: Pod, which: 'requests' | 'limits'): Usage {
  const init = pod.spec.initContainers ?? [];
  const sidecars = init.filter((container) => container.restartPolicy === 'Always');
  const total = sum([...pod.spec.containers, ...sidecars].map(({ resources }) => resources?.[which]));
  for (const container of init)
    for (const [name, text] of Object.entries(container.resources?.[which] ?? {})) {
      const quantity = parseQuantity(text);
      if (quantity.nanos > (total.get(name)?.nanos ?? 0n)) total.set(name, quantity);
    }
  for (const [name, text] of Object.entries(pod.spec.resources?.[which] ?? {}))
    total.set(name, parseQuantity(text));
  for (const [name, text] of Object.entries(pod.spec.overhead ?? {}))
    if (total.has(name)) add(total, name, parseQuantity(text));
  return total;
}

export function podUsage(pod: Pod): Usage {
  const usage: Usage = new Map();
  if (isFinished(pod)) return usage;
  usage.set('pods', parseQuantity(1));
  for (const [name, quantity] of podAmounts(pod, 'requests')) {
    usage.set(`requests.${name}`, quantity);
    if (!name.includes('/')) usage.set(name, quantity);
  }
  for (const [name, quantity] of podAmounts(pod, 'limits')) usage.set(`limits.${name}`, quantity);
  return usage;
}

export function serviceUsage({ spec }: Service): Usage {
  const ports = (spec.ports ?? []).length;
  const isBalanced = spec.type === 'LoadBalancer';
  const allocated = isBalanced && spec.allocateLoadBalancerNodePorts !== false;
  return new Map([
    ['services', parseQuantity(1)],
    ['services.loadbalancers', parseQuantity(isBalanced ? 1 : 0)],
    ['services.nodeports', parseQuantity(spec.type === 'NodePort' || allocated ? ports : 0)],
  ]);
}

export function claimUsage(claim: PersistentVolumeClaim): Usage {
  const usage: Usage = new Map([['persistentvolumeclaims', parseQuantity(1)]]);
  const storage = parseQuantity(claim.spec.resources?.requests?.storage ?? '0');
  usage.set('requests.storage', storage);
  const className = claim.spec.storageClassName ?? '';
  if (className !== '') {
    usage.set(`${className}${CLASS_INFIX}persistentvolumeclaims`, parseQuantity(1));
    usage.set(`${className}${CLASS_INFIX}requests.storage`, storage);
  }
  return usage;
}
