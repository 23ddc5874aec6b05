import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.call('DELETE', `${MAPS}/a`);
  await test.call('POST', MAPS, { body: { metadata: { name: 'a' }, data: { x: '0' } } });
});

const patch = (type: string, body: string, validation: string) =>
  test.call('PATCH', `${MAPS}/a?fieldValidation=${validation}`, {
    headers: { 'content-type': `application/${type}+json` },
    body,
  });

describe.each([
  ['merge-patch', '{"data":{"x":"1","x":"2"}}', 'duplicate field "data.x"'],
  ['strategic-merge-patch', '{"data":{"x":"1","x":"2"}}', 'duplicate field "data.x"'],
  [
    'json-patch',
    '[{"op":"add","path":"/data/x","value":"1","value":"2"}]',
    'json patch duplicate field "[0].value"',
  ],
  ['json-patch', '[{"op":"add","path":"/data/x","value":"2","why":1}]', 'json patch unknown field "[0].why"'],
])('%s', (type, body, fault) => {
  it(`with a ${fault} is refused when strict, and changes nothing`, async () => {
    const { status, body: answer } = await patch(type, body, 'Strict');
    expect([status, answer.reason]).toEqual([422, 'Invalid']);
    expect(answer.message).toMatch(/^ "" is invalid: patch: Invalid value: /);
    expect(answer.details?.causes?.[0]?.message).toContain(`strict decoding error: ${fault}`);
    expect((await test.call('GET', `${MAPS}/a`)).body.data).toEqual({ x: '0' });
  });

  it('warns, or says nothing', async () => {
    const warned = await patch(type, body, 'Warn');
    expect(warned.body.data).toEqual({ x: '2' });
    expect(warned.headers.warning).toEqual([`299 - "${fault.replaceAll('"', '\\"')}"`]);
    expect((await patch(type, body, 'Ignore')).headers.warning).toBeUndefined();
  });
});

describe('a strategic merge patch of a wrong type', () => {
  const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
  const strategic = (body: unknown) =>
    test.call('PATCH', `${DEPLOYMENTS}/d?dryRun=All`, {
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: JSON.stringify(body),
    });
  const inContainer = (more: object) => ({
    spec: { template: { spec: { containers: [{ name: 'c', ...more }] } } },
  });
  beforeAll(async () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
    await test.call('POST', DEPLOYMENTS, {
      body: { metadata: { name: 'd' }, spec: { selector: { matchLabels: { a: 'b' } }, template } },
    });
  });

  it.each([
    [{ spec: { replicas: 'x' } }, 'unrecognized type: int32'],
    [{ spec: { replicas: 1.5 } }, 'cannot convert float64 to int32'],
    [{ spec: 5 }, 'cannot restore struct from: int64'],
    [{ metadata: { labels: [] } }, 'cannot restore map from slice'],
    [{ metadata: { labels: { a: 5 } } }, 'cannot convert int64 to string'],
    [{ metadata: { creationTimestamp: 5 } }, 'json: cannot unmarshal number into Go value of type string'],
    [inContainer({ image: {} }), 'unrecognized type: string'],
    [inContainer({ command: 'x' }), 'cannot restore slice from string'],
    [
      inContainer({ livenessProbe: { httpGet: { port: {} } } }),
      'json: cannot unmarshal object into Go value of type int32',
    ],
  ])('%j is refused as the original refuses it', async (body, reason) => {
    const { status, body: answer } = await strategic(body);
    const message = String(answer.message);
    expect([status, message.endsWith(`: ${reason}`), message]).toEqual([422, true, expect.any(String)]);
  });

  it('keeps the type of what it patches, and takes null for nothing', async () => {
    for (const body of [{ kind: 'Pod', apiVersion: 'v1' }, null]) {
      const { status, body: answer } = await strategic(body);
      expect([status, answer.kind, answer.apiVersion]).toEqual([200, 'Deployment', 'apps/v1']);
    }
    expect((await strategic([])).body.message).toBe(
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    );
  });
});

it('names the faults of a patch before those of its result', async () => {
  const both = '{"dataa":1,"data":{"x":"1","x":"2"}}';
  const strict = await patch('merge-patch', both, 'Strict');
  expect(strict.body.details?.causes?.[0]?.message).toContain(
    'strict decoding error: duplicate field "data.x", unknown field "dataa"',
  );
  const warned = await patch('merge-patch', both, 'Warn');
  expect(warned.headers.warning).toEqual([
    '299 - "duplicate field \\"data.x\\""',
    '299 - "unknown field \\"dataa\\""',
  ]);
});

it('says nothing of a patch whose result is no object', async () => {
  const { status, headers, body } = await patch('merge-patch', '{"data":{"x":"1","x":{}}}', 'Warn');
  expect([status, headers.warning]).toEqual([422, undefined]);
  expect(body.message).not.toContain('duplicate');
});
