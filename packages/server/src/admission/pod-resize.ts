import { parseAmounts, podAmounts } from '@gantry/api/core/quota/amounts';
import type { Node, Pod } from '@gantry/api/generated/types';
import { type Quantity, toBigInt } from '@gantry/machinery/quantity';
import { StatusError } from '@gantry/machinery/status';
import { readObject } from '../auth/state.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../request.ts';
import { denied, isResource } from './denial.ts';

const NANOS_OF_MILLI = 1_000_000n;

function refusal(request: AdmissionRequest, reason: string, message: string): StatusError {
  const { status } = denied(request, message);
  return new StatusError({ ...status, details: { ...status.details, causes: [{ reason }] } });
}

const milli = (quantity: Quantity | undefined): bigint =>
  quantity === undefined ? 0n : (quantity.nanos + NANOS_OF_MILLI - 1n) / NANOS_OF_MILLI;
const whole = (quantity: Quantity | undefined): bigint => (quantity === undefined ? 0n : toBigInt(quantity));

/** What of CPU and memory the node could never give. */
function excess(pod: Pod, node: Node): string[] {
  const allocatable = parseAmounts(node.status?.allocatable as Record<string, string> | undefined);
  const wanted = podAmounts(pod, 'requests');
  const values = [
    { name: 'cpu', asked: milli(wanted.get('cpu')), there: milli(allocatable.get('cpu')) },
    { name: 'memory', asked: whole(wanted.get('memory')), there: whole(allocatable.get('memory')) },
  ];
  return values
    .filter(({ asked, there }) => asked > there)
    .map(({ name, asked, there }) => `${name}, requested: ${asked}, allocatable: ${there}`);
}

/** A pod on a node is not resized beyond what the node has. */
export const podResizeValidator: AdmissionPlugin = {
  name: 'PodResizeValidator',
  handles: (kind, operation, subresource) =>
    isResource(kind, '', 'pods') && operation === 'UPDATE' && subresource === 'resize',
  validate(request) {
    const pod = request.object as unknown as Pod;
    const old = request.oldObject as unknown as Pod;
    const name = pod.spec.nodeName;
    if (!name || pod.metadata.generation === old.metadata.generation) return;
    const node = readObject<Node>(request.state, 'nodes', '', name);
    if (node === undefined) throw denied(request, `node ${JSON.stringify(name)} not found`);
    const system = node.metadata.labels?.['kubernetes.io/os'];
    if (system !== undefined && system !== 'linux')
      throw refusal(
        request,
        'UnsupportedPlatform',
        `pod resize is only supported on linux nodes, node ${JSON.stringify(name)} is ${JSON.stringify(system)}`,
      );
    const faults = excess(pod, node);
    if (faults.length > 0)
      throw refusal(
        request,
        'NodeCapacity',
        `node didn't have enough allocatable resources: ${faults.join('; ')}`,
      );
  },
};
