import { parse } from 'node:path';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestAnswer, type TestServer } from '../testing/test-server.ts';
import { oddJson, spoilt } from './hostile-values.ts';
import { samples } from './samples.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.call('POST', '/api/v1/namespaces/default/serviceaccounts', {
    body: { metadata: { name: 'default' } },
  });
  for (const [path, { object }] of Object.entries(samples)) {
    const { status, body } = await server.call('POST', path, { body: object });
    expect([path, status, body.message]).toEqual([path, 201, undefined]);
  }
});
afterAll(() => server.close());

/** Refusals are the client's fault and say so; nothing else may come of odd input. */
function expectClean({ status, body }: TestAnswer): void {
  if (status < 400) return;
  expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code: status });
  if (status >= 500) expect(body).toBe('no fault of the server');
}

const versionOf = async (path: string): Promise<unknown> =>
  (await server.call('GET', path)).body.metadata?.resourceVersion;

const PATCHES = {
  'application/json-patch+json': fc.oneof(
    oddJson,
    fc.array(
      fc.record(
        {
          op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
          path: fc.constantFrom(
            '',
            '/metadata',
            '/spec',
            '/metadata/labels/app',
            '/spec/template/spec/containers/0',
            '/data/a',
            '/a~2b',
            '/-',
            '/metadata/finalizers/-',
          ),
          from: fc.constantFrom('', '/metadata', '/metadata/labels', '/none'),
          value: oddJson,
        },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    ),
  ),
  'application/merge-patch+json': oddJson,
  'application/strategic-merge-patch+json': oddJson,
  'application/apply-patch+yaml': oddJson,
} as const;

describe('every object survives odd input', () => {
  for (const [path, { name, object }] of Object.entries(samples)) {
    const kind = parse(path).base;
    for (const [type, anything] of Object.entries(PATCHES)) {
      it(`${kind}: ${type}`, async () => {
        const patch = type.includes('json-patch') ? anything : fc.oneof(anything, spoilt(object));
        await fc.assert(
          fc.asyncProperty(patch, async (body) => {
            const before = await versionOf(`${path}/${name}`);
            const answer = await server.call('PATCH', `${path}/${name}?fieldManager=fuzz`, {
              headers: { 'content-type': type },
              body: JSON.stringify(body) ?? 'null',
            });
            expectClean(answer);
            if (answer.status >= 400) expect(await versionOf(`${path}/${name}`)).toBe(before);
          }),
          { numRuns: fuzzRuns(60) },
        );
      });
    }

    it(`${kind}: create and update`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(spoilt(object), oddJson),
          fc.constantFrom('POST', 'PUT'),
          async (body, method) => {
            const to = method === 'POST' ? `${path}?dryRun=All` : `${path}/${name}`;
            expectClean(await server.call(method, to, { body: JSON.stringify(body) ?? 'null' }));
          },
        ),
        { numRuns: fuzzRuns(60) },
      );
    });
  }
});

describe('every decoder takes any bytes', () => {
  const TYPES = [
    'application/json',
    'application/yaml',
    'application/vnd.kubernetes.protobuf',
    'text/plain',
    '',
  ];
  const [path = ''] = Object.keys(samples);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('k8s\0'), tail])),
    fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)),
    fc
      .constantFrom('{', '[', '{"a":', '- ', '&a [*a]', '!!js/function x', '? ', '%YAML 9')
      .map((text) => Buffer.from(text.repeat(50))),
  );

  for (const type of TYPES) {
    it(type === '' ? 'no content type' : type, async () => {
      await fc.assert(
        fc.asyncProperty(bytes, fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH'), async (body, method) => {
          const to = method === 'POST' ? path : `${path}/none`;
          expectClean(
            await server.call(method, to, { headers: { 'content-type': type }, body: Buffer.from(body) }),
          );
        }),
        { numRuns: fuzzRuns(180) },
      );
    });
  }

  it('queries of any kind', async () => {
    const names = fc.constantFrom(
      'labelSelector',
      'fieldSelector',
      'limit',
      'continue',
      'resourceVersion',
      'resourceVersionMatch',
      'dryRun',
      'fieldManager',
      'pretty',
      'timeoutSeconds',
      'gracePeriodSeconds',
      'propagationPolicy',
    );
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.string({ maxLength: 40 }),
        fc.constantFrom('GET', 'DELETE'),
        async (key, value, method) => {
          const query = new URLSearchParams({ [key]: value, dryRun: 'All' });
          expectClean(await server.call(method, `${path}?${query}`));
        },
      ),
      { numRuns: fuzzRuns(180) },
    );
  });
});

describe('limits', () => {
  const [path = ''] = Object.keys(samples);

  it('refuses JSON and YAML of great depth', async () => {
    for (const type of [
      'application/json',
      'application/yaml',
      'application/merge-patch+json',
      'application/apply-patch+yaml',
    ]) {
      const deep = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"deep"},"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
      const isPatch = type.includes('patch');
      const answer = await server.call(
        isPatch ? 'PATCH' : 'POST',
        isPatch ? `${path}/cm?fieldManager=f` : path,
        {
          headers: { 'content-type': type },
          body: deep,
        },
      );
      expect([type, answer.status]).toEqual([type, 400]);
    }
  });

  it('refuses a JSON patch of more than 10,000 operations', async () => {
    const patch = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/a', value: '1' }));
    const answer = await server.call('PATCH', `${path}/cm`, {
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify(patch),
    });
    expect(answer.status).toBe(413);
  });
});
