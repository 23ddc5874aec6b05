import type { Client } from '@gantry/client/port';
import { describe, expect, test } from 'vitest';
import { render } from '../render/render.ts';
import { formatProblem } from '../render/source-object.ts';
import { memoryKinds, memoryTree } from '../testing/memory-tree.ts';
import { describePlan } from './describe.ts';
import { diffObjects } from './diff.ts';
import { fieldsInMessage, parseFieldPath } from './field-path.ts';
import { applyCommit, type Plan } from './plan.ts';
import { planDetails } from './plan-details.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replcas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: other}
`;

/** Answers each ApplySet with the given results. */
const answering = (status: unknown) => ({ request: async () => ({ status }) }) as unknown as Client;

async function planWith(error: unknown) {
  const rendered = await render(memoryTree({ 'web.yaml': DEPLOYMENT }), '.', 'shop', memoryKinds());
  const results = [
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', operation: 'error', error },
  ];
  return applyCommit({
    client: answering({ applied: false, results }),
    rendered,
    prune: [],
    dryRun: true,
    namespace: undefined,
  });
}

describe('problems of a plan', () => {
  test('carry the line of each field that a cause names', async () => {
    const field = 'spec.template.metadata.labels';
    const plan = await planWith({
      message: 'Deployment.apps "web" is invalid',
      details: {
        causes: [
          { field, message: 'Invalid value: {"app":"other"}: `selector` does not match template `labels`' },
        ],
      },
    });
    expect(plan.problems.map(formatProblem)).toEqual([
      'web.yaml:11: Deployment/web spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`',
    ]);
  });

  test('find unknown fields in the text of a strict decoding error', async () => {
    const plan = await planWith({ message: 'strict decoding error: unknown field "spec.replcas"' });
    expect(plan.problems.map(formatProblem)).toEqual([
      'web.yaml:6: Deployment/web spec.replcas: unknown field "spec.replcas"',
    ]);
  });

  test('fall back to the object', async () => {
    const plan = await planWith({ message: 'deployments.apps "web" is forbidden: no' });
    expect(plan.problems.map(formatProblem)).toEqual([
      'web.yaml:1: Deployment/web: deployments.apps "web" is forbidden: no',
    ]);
  });
});

test('what somebody has taken over meanwhile is not deleted', async () => {
  const rendered = await render(memoryTree({ 'web.yaml': DEPLOYMENT }), '.', 'shop', memoryKinds());
  const reference = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name });
  const bodies: unknown[] = [];
  const request = async (_method: string, _path: string, body: unknown) => {
    bodies.push(body);
    return { status: { applied: true, results: [] } };
  };
  const plan = await applyCommit({
    client: { request } as unknown as Client,
    rendered,
    prune: [reference('a'), reference('b')],
    mayPrune: ({ name }) => name !== 'a',
    dryRun: false,
    namespace: undefined,
  });
  expect(plan.applied).toBe(true);
  expect(bodies).toMatchObject([{ spec: { prune: [reference('b')] } }]);
});

test('of several transactions the first one dates what is made: a hook of it may be gone by the last', async () => {
  const rendered = await render(memoryTree({ 'web.yaml': DEPLOYMENT }), '.', 'shop', memoryKinds());
  const prune = Array.from({ length: 2_001 }, (_, index) => ({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop' },
    name: `c${index}`,
  }));
  let revision = 6;
  const request = async () => ({ status: { applied: true, results: [], revision: ++revision } });
  const client = { request } as unknown as Client;
  const plan = await applyCommit({ client, rendered, prune, dryRun: false, namespace: undefined });
  expect(plan.revision).toBe(7);
  expect(plan.transactions).toBe(revision - 6);
  expect(plan.transactions).toBeGreaterThan(1);
});

test('field paths', () => {
  expect(parseFieldPath('spec.containers[0].env[12].name')).toEqual([
    'spec',
    'containers',
    0,
    'env',
    12,
    'name',
  ]);
  expect(parseFieldPath('metadata.labels[app.kubernetes.io/name]')).toEqual([
    'metadata',
    'labels',
    'app.kubernetes.io/name',
  ]);
  expect(
    fieldsInMessage(
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ),
  ).toEqual([
    {
      field: 'spec.replicas',
      reason: 'cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    },
  ]);
});

test('a diff leaves out status and what the server keeps', () => {
  const before = {
    metadata: { name: 'a', resourceVersion: '1', labels: { 'a/b': 'x' } },
    spec: { ports: [{ port: 80 }] },
    status: { n: 1 },
  };
  const after = {
    metadata: { name: 'a', resourceVersion: '2', labels: { 'a/b': 'y' } },
    spec: { ports: [{ port: 81 }, { port: 9 }] },
    status: { n: 2 },
  };
  expect(diffObjects(before, after)).toEqual([
    { field: 'metadata.labels[a/b]', before: 'x', after: 'y' },
    { field: 'spec.ports[0].port', before: 80, after: 81 },
    { field: 'spec.ports[1]', before: undefined, after: { port: 9 } },
  ]);
});

test('a plan in words hides secrets and names what nothing reconciles', async () => {
  const base = { apiVersion: 'v1', namespace: 'shop' };
  const plan: Plan = {
    commit: 'c',
    problems: [],
    applied: true,
    results: [
      { ...base, kind: 'ConfigMap', name: 'new', operation: 'create' },
      {
        ...base,
        kind: 'Secret',
        name: 's',
        operation: 'update',
        before: { data: { k: 'b2xk' } },
        after: { data: { k: 'bmV3' } },
      },
      { ...base, kind: 'ConfigMap', name: 'old', operation: 'delete' },
      { ...base, apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'in', operation: 'create' },
      { ...base, kind: 'ConfigMap', name: 'same', operation: 'none' },
    ],
  };
  expect(describePlan(await planDetails(plan, { objects: [] }))).toEqual([
    'plan: 2 to create, 1 to change, 1 to prune, 1 unchanged',
    '- ConfigMap/old',
    '~ Secret/s  data.k: (hidden) → (hidden) (default)',
    '+ ConfigMap/new',
    '+ Ingress/in',
    '! Ingress/in  no ingress controller runs here: it is stored, but no traffic follows it',
  ]);
});
