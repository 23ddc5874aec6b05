import { isStatusError } from '@gantry/machinery/status';
import { describe, expect, test } from 'vitest';
import { customResourceDefinition } from './apiextensions/v1/custom-resource-definition.ts';
import { deployment } from './apps/v1/deployment.ts';
import { compileKind } from './compile.ts';
import { node } from './core/v1/node.ts';
import { pod } from './core/v1/pod.ts';
import { application } from './gitops/v1alpha1/application.ts';
import { admitted, context, createErrors, stored } from './testing/objects.ts';

const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isStatusError(error, 'BadRequest')) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

const decodeDeployment = (spec: unknown, mode: 'Strict' | 'Warn' | 'Ignore' = 'Strict') =>
  compileKind(deployment).decode(
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec },
    mode,
  );

describe('decoding', () => {
  test.each([
    [
      { replicas: 'three' },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { replicas: 1.5 },
      'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      { template: { spec: { containers: [{ env: [{ name: 'A', value: 1 }] }] } } },
      'json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    ],
    [
      { template: { spec: { containers: {} } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [
      { template: { spec: { containers: [{ resources: { limits: { cpu: 'much' } } }] } } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      { template: { spec: { nodeSelector: { a: 1 } } } },
      'json: cannot unmarshal number into Go struct field PodSpec.spec.template.spec.nodeSelector of type string',
    ],
    [{ replcas: 1 }, 'strict decoding error: unknown field "spec.replcas"'],
  ])('refuses %j as the original does', (spec, cause) => {
    expect(message(() => decodeDeployment(spec))).toBe(
      `Deployment in version "v1" cannot be handled as a Deployment: ${cause}`,
    );
  });

  test('unknown and duplicate fields are warnings in mode Warn, and pruned in every mode', () => {
    const text =
      '{"kind":"Deployment","spec":{"replcas":{"a":1,"a":2},"paused":true,"paused":false,"replcas":1}}';
    const { object, warnings } = compileKind(deployment).decode(JSON.parse(text), 'Warn', text);
    expect(warnings).toEqual(['unknown field "spec.replcas"', 'duplicate field "spec.paused"']);
    expect(object.spec).toEqual({ paused: false });
    expect(decodeDeployment({ replcas: 1 }, 'Ignore')).toMatchObject({ object: { spec: {} }, warnings: [] });
  });

  test('keys that YAML text held twice come first', () => {
    const repeats = ['line 3: key "a" already set in map', 'line 5: key "b" already set in map'];
    const body = () => ({ kind: 'Deployment', spec: { replcas: 1 } });
    expect(compileKind(deployment).decode(body(), 'Warn', { repeats }).warnings).toEqual([
      ...repeats,
      'unknown field "spec.replcas"',
    ]);
    expect(message(() => compileKind(deployment).decode(body(), 'Strict', { repeats }))).toContain(
      `strict decoding error: yaml: unmarshal errors:\n  ${repeats.join('\n  ')}, unknown field "spec.replcas"`,
    );
  });

  test('nulls vanish, quantities and times become canonical', () => {
    const { object } = compileKind(pod).decode(
      {
        kind: 'Pod',
        metadata: { name: 'a', creationTimestamp: null, deletionTimestamp: '2025-01-01T02:00:00+02:00' },
        spec: { containers: [{ name: 'c', resources: { limits: { cpu: '0.5', memory: '1024Mi' } } }] },
      },
      'Strict',
    );
    expect(object.metadata).toEqual({ name: 'a', deletionTimestamp: '2025-01-01T00:00:00Z' });
    expect(object.spec).toEqual({
      containers: [{ name: 'c', resources: { limits: { cpu: '500m', memory: '1Gi' } } }],
    });
  });
});

describe('strategy', () => {
  const body = {
    metadata: { name: 'a', namespace: 'default' },
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
    status: { replicas: 7 },
  };

  test('a create clears the status; the generation goes up with the spec only', () => {
    const compiled = compileKind(deployment);
    const old = stored(deployment, body);
    expect(old).toMatchObject({ metadata: { generation: 1 }, status: {} });
    const relabelled = structuredClone(old);
    relabelled.metadata.labels = { x: 'y' };
    relabelled.status = { replicas: 3 };
    compiled.prepareForUpdate(relabelled, old, context());
    expect(relabelled.metadata.generation).toBe(1);
    expect(relabelled.status).toEqual(old.status);
    const scaled = structuredClone(old);
    (scaled.spec as { replicas: number }).replicas = 5;
    compiled.prepareForUpdate(scaled, old, context());
    expect(scaled.metadata.generation).toBe(2);
  });

  test('a status update leaves the spec and the generation alone', () => {
    const old = stored(deployment, body);
    const update = structuredClone(old);
    (update.spec as { replicas: number }).replicas = 5;
    update.status = { replicas: 2 };
    compileKind(deployment).prepareForUpdate(update, old, context('status'));
    expect(update).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1 },
      status: { replicas: 2 },
    });
  });

  test('kinds without a generation never get one', () => {
    expect(stored(node, { metadata: { name: 'n', generation: 9 } }).metadata.generation).toBeUndefined();
  });
});

test('our own kinds require what their schema says', () => {
  const metadata = { name: 'shop', namespace: 'default' };
  expect(createErrors(application, { metadata, spec: { source: {} } })).toEqual([
    'spec.source.repository: Required value',
  ]);
  expect(createErrors(application, { metadata, spec: {} })).toEqual(['spec.source: Required value']);
});

test('schemas inside of schemas lose what is empty too, and items that are no schema', () => {
  const nested = { type: 'string', enum: [], definitions: {}, 'x-kubernetes-list-map-keys': [] };
  const properties = { a: { type: 'array', items: nested }, b: { type: 'array', items: 'x' } };
  const versions = [{ name: 'v1', schema: { openAPIV3Schema: { type: 'object', properties } } }];
  const { spec } = admitted(customResourceDefinition, {
    metadata: { name: 'a' },
    spec: { group: 'x.io', names: { kind: 'A', plural: 'as' }, scope: 'Cluster', versions },
  }) as unknown as { spec: { versions: { schema: { openAPIV3Schema: { properties: object } } }[] } };
  expect(spec.versions[0]?.schema.openAPIV3Schema.properties).toEqual({
    a: { type: 'array', items: { type: 'string' } },
    b: { type: 'array' },
  });
});

test('a misfit names the type of the original, be it a text by another name', () => {
  const misfit = (spec: object) => {
    try {
      admitted(pod, { metadata: { name: 'a' }, spec: { containers: [], ...spec } });
      return '';
    } catch (error) {
      return String(error).replace(/^.* into Go struct field /, '');
    }
  };
  expect(misfit({ restartPolicy: 5 })).toBe('PodSpec.spec.restartPolicy of type v1.RestartPolicy');
  expect(misfit({ overhead: [] })).toBe('PodSpec.spec.overhead of type v1.ResourceList');
  const add = (value: unknown) => ({ containers: [{ securityContext: { capabilities: { add: value } } }] });
  expect(misfit(add('x'))).toContain('.capabilities.add of type []v1.Capability');
  expect(misfit(add([5]))).toContain('.capabilities.add of type v1.Capability');
});
