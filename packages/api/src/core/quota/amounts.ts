import { addQuantities, compareQuantities, parseQuantity, type Quantity } from '@gantry/machinery/quantity';
import type { Container, Pod } from '../../generated/types.ts';

/** Quantities by resource name. */
export type Amounts = ReadonlyMap<string, Quantity>;

export function parseAmounts(
  list: Readonly<Record<string, string | number>> | undefined,
): Map<string, Quantity> {
  return new Map(Object.entries(list ?? {}).map(([name, text]) => [name, parseQuantity(text)]));
}

/** Adds `more` to `total` in place. */
export function addAmounts(total: Map<string, Quantity>, more: Amounts): void {
  for (const [name, quantity] of more) {
    const sum = total.get(name);
    total.set(name, sum === undefined ? quantity : addQuantities(sum, quantity));
  }
}

function raiseTo(total: Map<string, Quantity>, least: Amounts): void {
  for (const [name, quantity] of least) {
    const own = total.get(name);
    if (own === undefined || compareQuantities(own, quantity) < 0) total.set(name, quantity);
  }
}

/**
 * What a pod asks for in all: its containers and sidecars together, or its hungriest init container beside the sidecars
 * started before it; pod-level amounts win; then the overhead.
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function podAmounts(pod: Pod, which: 'requests' | 'limits'): Map<string, Quantity> {
  const of = (container: Pick<Container, 'resources'>): Map<string, Quantity> =>
    parseAmounts(container.resources?.[which]);
  const total = new Map<string, Quantity>();
  for (const container of pod.spec.containers) addAmounts(total, of(container));
  const sidecars = new Map<string, Quantity>();
  const peaks = new Map<string, Quantity>();
  for (const container of pod.spec.initContainers ?? []) {
    const amounts = of(container);
    if (container.restartPolicy === 'Always') {
      addAmounts(sidecars, amounts);
      raiseTo(peaks, sidecars);
    } else {
      addAmounts(amounts, sidecars);
      raiseTo(peaks, amounts);
    }
  }
  addAmounts(total, sidecars);
  raiseTo(total, peaks);
  for (const [name, quantity] of parseAmounts(pod.spec.resources?.[which])) total.set(name, quantity);
  for (const [name, quantity] of parseAmounts(pod.spec.overhead)) {
    // A limit that is not set stays unlimited.
    if (which === 'limits' && !total.has(name)) continue;
    addAmounts(total, new Map([[name, quantity]]));
  }
  return total;
}
