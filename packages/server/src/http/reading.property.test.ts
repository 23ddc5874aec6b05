import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROTOBUF, toProtobuf } from '../testing/protobuf.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  for (const name of ['a', 'b', 'c'])
    await test.call('POST', '/api/v1/namespaces/default/pods', {
      body: { metadata: { name, labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    });
});
afterAll(() => test.close());

const token = fc
  .record(
    {
      v: fc.constantFrom<unknown>('meta.k8s.io/v1', 'v2', 1),
      rv: fc.constantFrom<unknown>(-1, 0, 1, 3, -7, 1e18, 1.5, 'x', null),
      start: fc.constantFrom<unknown>('default/b', '', '../../x', '\0', 5),
      t: fc.constantFrom<unknown>(0, Date.now(), 'x'),
    },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));

const parameters: Readonly<Record<string, fc.Arbitrary<string>>> = {
  watch: fc.constantFrom('1', 'true', 'false', '', 'x'),
  limit: fc.constantFrom('0', '1', '2', '-1', 'x', '99999999999999999999'),
  continue: fc.oneof(token, fc.string({ maxLength: 12 })),
  resourceVersion: fc.constantFrom('0', '1', '3', '-1', '007', 'x', '18446744073709551616'),
  resourceVersionMatch: fc.constantFrom('Exact', 'NotOlderThan', 'x', ''),
  sendInitialEvents: fc.constantFrom('true', 'false', ''),
  allowWatchBookmarks: fc.constantFrom('true', 'false', ''),
  timeoutSeconds: fc.constantFrom('0', '1', '-1', 'x'),
  labelSelector: fc.oneof(
    fc.constantFrom('app=a', 'app in (a,b)', '!app', 'app notin', ',', 'a=b=c'),
    fc.string({ maxLength: 12 }),
  ),
  fieldSelector: fc.oneof(
    fc.constantFrom('metadata.name=a', 'spec.nodeName!=x', 'x=y', 'metadata.name', '\\'),
    fc.string({ maxLength: 12 }),
  ),
  includeObject: fc.constantFrom('None', 'Object', 'x'),
  pretty: fc.constantFrom('true', 'x'),
};
const query = fc
  .subarray(Object.keys(parameters), { maxLength: 5 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, parameters[name] ?? fc.constant('')]))),
  );
const accept = fc.oneof(
  fc.constantFrom(
    '',
    PROTOBUF,
    'application/yaml',
    'application/json;as=Table;g=meta.k8s.io;v=v1',
    `${PROTOBUF};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`,
    'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1',
  ),
  fc.string({ maxLength: 20 }),
);
const path = fc.constantFrom(
  '/api/v1/namespaces/default/pods',
  '/api/v1/namespaces/default/pods/a',
  '/api/v1/pods',
  '/api/v1/watch/pods',
  '/api/v1/watch/namespaces/default/pods/a',
  '/api/v1/namespaces',
);

it('answers any question with an answer or a refusal, never with a fault', async () => {
  await fc.assert(
    fc.asyncProperty(path, query, accept, async (url, search, accepted) => {
      const { raw } = await test.call('GET', url, {
        query: new URLSearchParams(search as Record<string, string>),
        headers: { accept: accepted },
      });
      raw.stream?.({
        unsent: 0,
        begin: (parts) => [...parts],
        write: () => undefined,
        end: () => undefined,
      })();
      expect([200, 400, 404, 406, 410, 422, 504]).toContain(raw.status);
    }),
    { numRuns: fuzzRuns(400) },
  );
});

it('takes any bytes for a body in protobuf, and never fails', async () => {
  const valid = toProtobuf({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x', labels: { a: 'b' } },
    spec: { containers: [{ name: 'c', image: 'i', resources: { limits: { cpu: '1' } } }], priority: 0 },
  } as never);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 }),
      fc.nat({ max: valid.length }),
      async (changes, length) => {
        const body = Buffer.from(valid);
        for (const [at, byte] of changes) body[at] = byte;
        const { status } = await test.call('POST', '/api/v1/namespaces/default/pods?dryRun=All', {
          headers: { 'content-type': PROTOBUF },
          body: length % 3 === 0 ? body.subarray(0, length) : body,
        });
        // 409: some bytes make the name of a pod that is there.
        expect([201, 400, 403, 404, 409, 422]).toContain(status);
      },
    ),
    { numRuns: fuzzRuns(300) },
  );
});
