import { generateKeyPairSync } from 'node:crypto';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { createAuthentication } from '../authentication/authentication.ts';
import { loadServiceAccountKeys } from '../authentication/service-account-keys.ts';
import { createAuthorization } from '../authorization/authorization.ts';
import { FakeState } from '../testing/fakes.ts';
import { virtualHandlers } from './handlers.ts';

let test: TestServer;
beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = loadServiceAccountKeys(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const authorization = createAuthorization([]);
  const authentication = createAuthentication({
    state: new FakeState(),
    serviceAccounts: { keys, issuer: 'https://issuer', jwksUri: 'https://issuer/jwks' },
  });
  test = await startTestServer({ virtualHandlers: virtualHandlers({ authentication, authorization }) });
  const account = { body: { metadata: { name: 'web' } } };
  await test.call('POST', '/api/v1/namespaces/default/serviceaccounts', account);
});
afterAll(() => test.close());

const NAMES = [
  ...['name', 'uid', 'apiVersion', 'kind', 'fieldSelector', 'labelSelector', 'rawSelector', 'requirements'],
  ...['key', 'operator', 'values', 'verb', 'resource', 'group', 'path', 'namespace', '__proto__'],
];
const FIELDS = [
  ...['token', 'audiences', 'expirationSeconds', 'boundObjectRef', 'resourceAttributes', 'user', 'groups'],
  ...['nonResourceAttributes', 'extra', 'uid', 'namespace'],
];
const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('Pod', 'v1', 'Node', 'Secret', 'web', 'list', 'a=b,c!=d', 'a in (', '\0'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
  ),
}));
const spec = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 5 });
const PATHS = [
  '/api/v1/namespaces/default/serviceaccounts/web/token',
  '/apis/authentication.k8s.io/v1/tokenreviews',
  '/apis/authentication.k8s.io/v1/selfsubjectreviews',
  '/apis/authorization.k8s.io/v1/subjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
  '/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews',
];

it('answers whatever a client sends, and never with a fault of its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PATHS),
      fc.record({ metadata: fc.oneof(fc.constant({}), value), spec: fc.oneof(spec, value) }),
      async (path, body) => {
        expect((await test.call('POST', path, { body })).status).toBeLessThan(500);
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
});
