import { expect, test } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import { DEFINITIONS_PATH, untilTrue } from './testing/definitions.ts';
import { generateDefinition } from './testing/generate.ts';

test('three hundred definitions are served beside each other', async () => {
  const api = await startTestServer();
  const definitions = Array.from({ length: 300 }, (_, index) => generateDefinition(index));
  for (const definition of definitions)
    expect((await api.call('POST', DEFINITIONS_PATH, { body: definition })).status).toBe(201);
  for (const { metadata } of definitions) await untilTrue(api, metadata.name);
  for (const { spec } of definitions) {
    const path = `/apis/${spec.group}/v1/namespaces/default/${spec.names.plural}`;
    const body = { apiVersion: `${spec.group}/v1`, kind: spec.names.kind, metadata: { name: 'a' }, spec: {} };
    const made = await api.call('POST', path, { body });
    expect([made.status, made.body.spec]).toEqual([201, { replicas: 1, maxReplicas: 10 }]);
  }
  const swagger = await api.call('GET', '/openapi/v2');
  expect(
    Object.keys(swagger.body.definitions ?? {}).filter((name) => name.endsWith('List')).length,
  ).toBeGreaterThan(300);
  await api.close();
}, 60_000);

test('a definition of a megabyte works; one over the limit of a request is refused', async () => {
  const api = await startTestServer();
  const big = generateDefinition(0, { bytes: 1_000_000 });
  expect((await api.call('POST', DEFINITIONS_PATH, { body: big })).status).toBe(201);
  await untilTrue(api, big.metadata.name);
  const group = `/apis/${big.spec.group}/v1`;
  const container = { name: 'c', image: 'i', gone: 1, ports: [{ containerPort: 1 }] };
  const made = await api.call('POST', `${group}/namespaces/default/things0`, {
    body: {
      apiVersion: `${big.spec.group}/v1`,
      kind: 'Thing0',
      metadata: { name: 'a' },
      spec: { template9: { spec: { containers: [container] } } },
    },
  });
  expect(made.body.spec).toMatchObject({
    template9: { spec: { containers: [{ name: 'c', image: 'i', ports: [{ protocol: 'TCP' }] }] } },
  });
  expect((await api.call('GET', `/openapi/v3${group}`)).status).toBe(200);
  const huge = generateDefinition(1, { bytes: 4_000_000 });
  expect((await api.call('POST', DEFINITIONS_PATH, { body: huge })).status).toBe(413);
  await api.close();
}, 60_000);
