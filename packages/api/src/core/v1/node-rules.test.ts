import { expect, test } from 'vitest';
import { createErrors, stored, updateErrors } from '../../testing/objects.ts';
import { node } from './node.ts';

const nodeOf = (status: object) => ({ metadata: { name: 'n' }, status });

test('a node may be created with its status; of other kinds a client writes that apart', () => {
  const created = stored(node, nodeOf({ capacity: { memory: '1Gi' } }));
  expect(created.status).toMatchObject({ capacity: { memory: '1Gi' }, allocatable: { memory: '1Gi' } });
});

test('the status is checked on creation', () => {
  const status = {
    capacity: { cpu: '-1', 'example.com/card': '500m' },
    nodeInfo: { swap: { capacity: 0 } },
  };
  expect(createErrors(node, nodeOf({ ...status, allocatable: { pods: '1' } }))).toEqual([
    'status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0',
    'status.capacity.example.com/card: Invalid value: "500m": must be an integer',
    'metadata.nodeSwapStatus.capacity: Invalid value: 0: must be greater than zero',
  ]);
});

test('the status is checked on every update of it', () => {
  const address = { type: 'InternalIP', address: '10.0.0.1' };
  const after = nodeOf({
    capacity: { pods: '1.5' },
    allocatable: { pods: '1' },
    addresses: [address, address],
  });
  expect(updateErrors(node, nodeOf({}), after, 'status')).toEqual([
    'status.capacity.pods: Invalid value: "1500m": must be an integer',
    'status.addresses[1]: Duplicate value: {"type":"InternalIP","address":"10.0.0.1"}',
  ]);
});
