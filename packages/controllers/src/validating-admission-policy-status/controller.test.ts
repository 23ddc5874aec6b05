import type { CustomResourceDefinition, ValidatingAdmissionPolicy } from '@gantry/api/generated/types';
import { customResourceDefinitions, validatingAdmissionPolicies } from '@gantry/client/resources';
import { expect, test, vi } from 'vitest';
import { harness } from '../testing/harness.ts';
import { validatingAdmissionPolicyStatusController } from './controller.ts';
import { expressionWarnings, KindTypes } from './type-check.ts';

const policy = (
  validations: NonNullable<ValidatingAdmissionPolicy['spec']['validations']>,
  more: Partial<ValidatingAdmissionPolicy['spec']> = {},
  rule = { apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] },
): ValidatingAdmissionPolicy => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'p' },
  spec: {
    failurePolicy: 'Fail',
    matchConstraints: { resourceRules: [{ ...rule, operations: ['*'] }] },
    validations,
    ...more,
  },
});

const definition = {
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [
      {
        name: 'v1',
        served: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: { spec: { type: 'object', properties: { replicas: { type: 'integer' } } } },
          },
        },
      },
    ],
  },
} as unknown as CustomResourceDefinition;

test('confused types are told for each kind', () => {
  const warnings = expressionWarnings(
    policy([
      { expression: 'object.spec.replicas > 1' },
      {
        expression: "object.spec.replicas > '1'",
        messageExpression: "'wants replicas > 1, got ' + object.spec.replicas",
      },
    ]),
    new KindTypes([]),
  );
  expect(warnings).toEqual([
    {
      fieldRef: 'spec.validations[1].expression',
      warning:
        "apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'\n" +
        " | object.spec.replicas > '1'\n | .....................^\n",
    },
    {
      fieldRef: 'spec.validations[1].messageExpression',
      warning: expect.stringContaining("found no matching overload for '_+_' applied to '(string, int)'"),
    },
  ]);
});

test('custom kinds, parameters and variables have types too', () => {
  const rule = {
    apiGroups: ['', 'example.com'],
    apiVersions: ['v1'],
    resources: ['pods', 'pods/log', 'widgets'],
  };
  const checked = policy(
    [
      { expression: 'object.metadata.name == params.metadata.name' },
      { expression: 'object.spec.maxRetries < 10' },
      { expression: "variables.labels.all(k, k != 'x') && params.data.size() > 'y'" },
      {
        expression:
          'object.metadata.creationTimestamp < timestamp(0) || object.spec.containers.all(c, c.ports == [])',
      },
    ],
    {
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      variables: [{ name: 'labels', expression: 'object.metadata.labels' }],
    },
    rule,
  );
  const warnings = expressionWarnings(checked, new KindTypes([definition]));
  expect(warnings.map(({ fieldRef }) => fieldRef)).toEqual([
    'spec.validations[1].expression',
    'spec.validations[2].expression',
    'spec.validations[3].expression',
  ]);
  expect(warnings[0]?.warning).toContain("/v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'maxRetries'");
  expect(warnings[0]?.warning).toContain(
    "example.com/v1, Kind=Widget: ERROR: <input>:1:12: undefined field 'maxRetries'",
  );
  expect(warnings[1]?.warning).toContain("found no matching overload for '_>_' applied to '(int, string)'");
  expect(warnings[2]?.warning).not.toContain('Kind=Pod');
});

test('wildcards are not followed', () => {
  const rule = { apiGroups: ['*'], apiVersions: ['v1'], resources: ['deployments'] };
  expect(expressionWarnings(policy([{ expression: 'object.nope' }], {}, rule), new KindTypes([]))).toEqual(
    [],
  );
});

test('each generation is checked once, and says so in the status', async () => {
  const { client, start, stop } = harness([validatingAdmissionPolicyStatusController()]);
  await client.create(validatingAdmissionPolicies, policy([{ expression: 'object.spec.nope' }]));
  start();
  const current = () => client.peek(validatingAdmissionPolicies, '', 'p');
  await vi.waitFor(() =>
    expect(current()?.status?.observedGeneration).toBe(current()?.metadata.generation ?? 0),
  );
  expect(current()?.status?.typeChecking?.expressionWarnings).toHaveLength(1);
  await stop();
  expect(client.peek(customResourceDefinitions, '', 'x')).toBeUndefined();
});
