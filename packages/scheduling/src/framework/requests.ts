import type { Container, Pod } from '@gantry/api/generated/types';
import { parseQuantity, toBytes, toMilli } from '@gantry/machinery/quantity';

/** Amounts by resource name: `cpu` in thousandths, all others in whole units (bytes, counts). */
export type Amounts = ReadonlyMap<string, number>;

/** What a container without requests counts for when nodes are scored. */
const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

type Quantities = Readonly<Record<string, string | number>> | undefined;

/** Reads a resource list; what is no quantity counts as 0 (the server does not let it through). */
export function amountsOf(quantities: Quantities): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const [name, text] of Object.entries(quantities ?? {})) {
    try {
      const quantity = parseQuantity(text);
      amounts.set(name, name === 'cpu' ? toMilli(quantity) : toBytes(quantity));
    } catch {
      amounts.set(name, 0);
    }
  }
  return amounts;
}

function addTo(sum: Map<string, number>, more: Amounts): void {
  for (const [name, amount] of more) sum.set(name, (sum.get(name) ?? 0) + amount);
}

function raiseTo(sum: Map<string, number>, least: Amounts): void {
  for (const [name, amount] of least) sum.set(name, Math.max(sum.get(name) ?? 0, amount));
}

const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always';

/** Containers run together; an init container runs alone, beside the sidecars that were started before it. */
function sumOf(pod: Pod, request: (container: Container) => Amounts): Map<string, number> {
  const sum = new Map<string, number>();
  for (const container of pod.spec.containers) addTo(sum, request(container));
  const sidecars = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const container of pod.spec.initContainers ?? []) {
    const own = request(container);
    if (isSidecar(container)) {
      addTo(sum, own);
      addTo(sidecars, own);
      raiseTo(peak, sidecars);
    } else {
      const together = new Map(sidecars);
      addTo(together, own);
      raiseTo(peak, together);
    }
  }
  raiseTo(sum, peak);
  return sum;
}

interface Held {
  readonly resources?: { readonly requests?: Quantities };
  readonly allocatedResources?: Quantities;
}

/** A resize that its node will not make: what is asked for does not count. */
const isInfeasible = ({ status }: Pod): boolean =>
  status?.conditions?.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible';

/** While a resize is under way, the most of what is asked for, granted and set. */
function whileResized(pod: Pod, wanted: Map<string, number>, held: Held | undefined): Map<string, number> {
  if (held?.resources === undefined) return wanted;
  const most = isInfeasible(pod) ? new Map<string, number>() : wanted;
  raiseTo(most, amountsOf(held.resources.requests));
  raiseTo(most, amountsOf(held.allocatedResources));
  return most;
}

/** https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers */
export function podRequests(pod: Pod): Map<string, number> {
  const { status } = pod;
  const held = (container: Container): Held | undefined =>
    (isSidecar(container) ? status?.initContainerStatuses : undefined)?.find(
      ({ name }) => name === container.name,
    ) ?? status?.containerStatuses?.find(({ name }) => name === container.name);
  const sum = sumOf(pod, (container) =>
    whileResized(pod, amountsOf(container.resources?.requests as Quantities), held(container)),
  );
  const own = pod.spec.resources?.requests as Quantities;
  if (own !== undefined) {
    // Requests of the pod as a whole stand above those of its containers.
    const whole = whileResized(pod, amountsOf(own), status as Held | undefined);
    for (const name of Object.keys(own)) sum.set(name, whole.get(name) ?? 0);
  }
  addTo(sum, amountsOf(pod.spec.overhead as Quantities));
  return sum;
}

/** Requests for scoring: containers that ask for nothing count for something. */
export function podNonZeroRequests(pod: Pod): { readonly cpu: number; readonly memory: number } {
  const sum = sumOf(pod, (container) => {
    const own = amountsOf(container.resources?.requests as Quantities);
    return new Map([
      ['cpu', own.get('cpu') ?? DEFAULT_MILLI_CPU],
      ['memory', own.get('memory') ?? DEFAULT_MEMORY_BYTES],
    ]);
  });
  addTo(sum, amountsOf(pod.spec.overhead as Quantities));
  return { cpu: sum.get('cpu') ?? 0, memory: sum.get('memory') ?? 0 };
}
