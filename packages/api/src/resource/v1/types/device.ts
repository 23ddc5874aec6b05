import { NodeSelector } from '../../../core/v1/types/affinity.ts';
import { array, boolean, int64, map, quantity, ref, string, struct, time } from '../../../schema/dsl.ts';

export const Counter = struct('io.k8s.api.resource.v1.Counter', {
  value: quantity({ required: true, byValue: false }),
});

export const CounterSet = struct('io.k8s.api.resource.v1.CounterSet', {
  counters: map(
    ref(() => Counter),
    { required: true },
  ),
  name: string({ required: true }),
});

export const CapacityRequestPolicyRange = struct('io.k8s.api.resource.v1.CapacityRequestPolicyRange', {
  max: quantity(),
  min: quantity({ required: true, byValue: false }),
  step: quantity(),
});

export const CapacityRequestPolicy = struct('io.k8s.api.resource.v1.CapacityRequestPolicy', {
  default: quantity(),
  validRange: ref(() => CapacityRequestPolicyRange),
  validValues: array(quantity(), { listType: 'atomic' }),
});

export const DeviceAttribute = struct('io.k8s.api.resource.v1.DeviceAttribute', {
  bool: boolean(),
  bools: array(boolean(), { listType: 'atomic' }),
  int: int64(),
  ints: array(int64(), { listType: 'atomic' }),
  string: string(),
  strings: array(string(), { listType: 'atomic' }),
  version: string(),
  versions: array(string(), { listType: 'atomic' }),
});

export const DeviceCapacity = struct('io.k8s.api.resource.v1.DeviceCapacity', {
  requestPolicy: ref(() => CapacityRequestPolicy),
  value: quantity({ required: true, byValue: false }),
});

export const DeviceCounterConsumption = struct('io.k8s.api.resource.v1.DeviceCounterConsumption', {
  counterSet: string({ required: true }),
  counters: map(
    ref(() => Counter),
    { required: true },
  ),
});

export const DeviceTaint = struct('io.k8s.api.resource.v1.DeviceTaint', {
  effect: string({ required: true }),
  key: string({ required: true }),
  timeAdded: time(),
  value: string(),
});

export const NodeAllocatableResourceMapping = struct(
  'io.k8s.api.resource.v1.NodeAllocatableResourceMapping',
  {
    allocationMultiplier: quantity(),
    capacityKey: string(),
  },
);

export const Device = struct('io.k8s.api.resource.v1.Device', {
  allNodes: boolean(),
  allowMultipleAllocations: boolean(),
  attributes: map(ref(() => DeviceAttribute)),
  bindingConditions: array(string(), { listType: 'atomic' }),
  bindingFailureConditions: array(string(), { listType: 'atomic' }),
  bindsToNode: boolean(),
  capacity: map(ref(() => DeviceCapacity)),
  consumesCounters: array(
    ref(() => DeviceCounterConsumption),
    { listType: 'atomic' },
  ),
  name: string({ required: true }),
  nodeAllocatableResourceMappings: map(ref(() => NodeAllocatableResourceMapping)),
  nodeName: string(),
  nodeSelector: ref(() => NodeSelector),
  taints: array(
    ref(() => DeviceTaint),
    { listType: 'atomic' },
  ),
});
