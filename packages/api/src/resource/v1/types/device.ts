import { NodeSelector } from '../../../core/v1/types/affinity.ts';
import { array, boolean, int64, map, quantity, ref, string, struct, time } from '../../../schema/dsl.ts';

export const Counter = struct(
  'io.k8s.api.resource.v1.Counter',
  {
    value: quantity({ required: true, byValue: false, default: '0', description: 'The amount.' }),
  },
  { description: 'An amount of something that devices share.' },
);

export const CounterSet = struct(
  'io.k8s.api.resource.v1.CounterSet',
  {
    counters: map(
      ref(() => Counter),
      { required: true, description: 'The counters, by name. At most 32.' },
    ),
    name: string({ required: true, description: 'Name of the set, unique in the pool.' }),
  },
  { description: 'Counters of what devices of a pool share.' },
);

export const CapacityRequestPolicyRange = struct(
  'io.k8s.api.resource.v1.CapacityRequestPolicyRange',
  {
    max: quantity({ description: 'Largest amount. Unset: the capacity.' }),
    min: quantity({ required: true, byValue: false, description: 'Smallest amount.' }),
    step: quantity({
      description: 'Amounts are min plus a multiple of this; a request is rounded up. Unset: any.',
    }),
  },
  { description: 'A range of amounts.' },
);

export const CapacityRequestPolicy = struct(
  'io.k8s.api.resource.v1.CapacityRequestPolicy',
  {
    default: quantity({ description: 'Amount taken when the request states none.' }),
    validRange: ref(() => CapacityRequestPolicyRange, {
      description: 'Range of amounts. Not together with validValues.',
    }),
    validValues: array(quantity(), {
      listType: 'atomic',
      description: 'Amounts that can be taken; a request gets the next larger one. At most 10.',
    }),
  },
  { description: 'How much of a capacity a request may take.' },
);

export const DeviceAttribute = struct(
  'io.k8s.api.resource.v1.DeviceAttribute',
  {
    bool: boolean({ description: 'A boolean.' }),
    bools: array(boolean(), { listType: 'atomic', description: 'Booleans.' }),
    int: int64({ description: 'A whole number.' }),
    ints: array(int64(), { listType: 'atomic', description: 'Whole numbers.' }),
    string: string({ description: 'A text of at most 64 characters.' }),
    strings: array(string(), { listType: 'atomic', description: 'Texts of at most 64 characters.' }),
    version: string({ description: 'A version, such as 1.2.3.' }),
    versions: array(string(), { listType: 'atomic', description: 'Versions.' }),
  },
  { description: 'A fact about a device; exactly one field is set.' },
);

export const DeviceCapacity = struct(
  'io.k8s.api.resource.v1.DeviceCapacity',
  {
    requestPolicy: ref(() => CapacityRequestPolicy, {
      description:
        'How much a request may take, of a device with allowMultipleAllocations. Unset: any amount.',
    }),
    value: quantity({ required: true, byValue: false, default: '0', description: 'The amount.' }),
  },
  { description: 'An amount that a device has.' },
);

export const DeviceCounterConsumption = struct(
  'io.k8s.api.resource.v1.DeviceCounterConsumption',
  {
    counterSet: string({ required: true, description: 'Name of the set.' }),
    counters: map(
      ref(() => Counter),
      { required: true, description: 'Amount of each counter, by name. At most 32.' },
    ),
  },
  { description: 'What a device takes from a set of counters.' },
);

export const DeviceTaint = struct(
  'io.k8s.api.resource.v1.DeviceTaint',
  {
    effect: string({
      required: true,
      description: 'NoSchedule: not allocated; NoExecute: pods that use it are evicted too; None: only told.',
    }),
    key: string({ required: true, description: 'Key of the taint.' }),
    timeAdded: time({ description: 'When the taint was added. Set when absent.' }),
    value: string({ description: 'Value of the taint.' }),
  },
  { description: 'Keeps claims without a matching toleration off a device.' },
);

export const NodeAllocatableResourceMapping = struct(
  'io.k8s.api.resource.v1.NodeAllocatableResourceMapping',
  {
    allocationMultiplier: quantity({
      description: 'Amount for each device, or for each unit of the capacity. Default: 1.',
    }),
    capacityKey: string({
      description: 'Capacity of the device whose amount is taken. Unset: the device itself counts.',
    }),
  },
  { description: 'How much of a resource of the node a device takes.' },
);

export const Device = struct(
  'io.k8s.api.resource.v1.Device',
  {
    allNodes: boolean({
      description: 'Whether all nodes can reach the device. Only with perDeviceNodeSelection.',
    }),
    allowMultipleAllocations: boolean({
      description: 'Whether more than one request can have the device at once. Default: false.',
    }),
    attributes: map(
      ref(() => DeviceAttribute),
      { description: 'Facts about the device, by name. At most 32 with the capacities.' },
    ),
    bindingConditions: array(string(), {
      listType: 'atomic',
      description: 'Conditions of the device that must be True before the pod is bound. At most 4.',
    }),
    bindingFailureConditions: array(string(), {
      listType: 'atomic',
      description: 'Conditions of the device; when one is True, binding has failed. At most 4.',
    }),
    bindsToNode: boolean({
      description: 'Whether the allocation holds the claim to the node that was chosen. Default: false.',
    }),
    capacity: map(
      ref(() => DeviceCapacity),
      { description: 'Amounts that the device has, by name. At most 32 with the attributes.' },
    ),
    consumesCounters: array(
      ref(() => DeviceCounterConsumption),
      { listType: 'atomic', description: 'What the device takes from shared counters. At most 2.' },
    ),
    name: string({ required: true, description: 'Name of the device, unique in the pool; a DNS label.' }),
    nodeAllocatableResourceMappings: map(
      ref(() => NodeAllocatableResourceMapping),
      { description: 'Resources of the node, such as cpu, that the device takes, by name.' },
    ),
    nodeName: string({ description: 'Node that the device is at. Only with perDeviceNodeSelection.' }),
    nodeSelector: ref(() => NodeSelector, {
      description: 'Nodes that can reach the device. Only with perDeviceNodeSelection.',
    }),
    taints: array(
      ref(() => DeviceTaint),
      { listType: 'atomic', description: 'Keep claims without a toleration off the device. At most 16.' },
    ),
  },
  { description: 'A device of a driver.' },
);
