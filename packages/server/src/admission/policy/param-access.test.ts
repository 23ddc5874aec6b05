import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RequestAttributes, UserInfo } from '../../request.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { createParamAccess } from './param-access.ts';

const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const alice: UserInfo = { name: 'alice', groups: ['system:authenticated'] };

let api: TestServer;
let allowed: (attributes: RequestAttributes) => boolean = () => true;

beforeAll(async () => {
  const authorize = (_user: UserInfo, attributes: RequestAttributes) => ({
    allowed: allowed(attributes),
    reason: '',
  });
  api = await startTestServer({ admission: [createParamAccess({ authorize })] });
});
afterAll(() => api.close());

async function send(method: string, path: string, body: object) {
  const raw = await api.server.dispatch(alice, { method, path, query: new URLSearchParams(), body });
  return JSON.parse(raw.body.toString());
}

const policy = (name: string, paramKind?: object) => ({
  metadata: { name },
  spec: {
    ...(paramKind === undefined ? {} : { paramKind }),
    matchConstraints: {
      resourceRules: [{ operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    },
    validations: [{ expression: 'true' }],
  },
});
const binding = (name: string, policyName: string, paramRef?: object) => ({
  metadata: { name },
  spec: { policyName, validationActions: ['Deny'], ...(paramRef === undefined ? {} : { paramRef }) },
});

it('parameters must be readable by those who name them', async () => {
  const asked: RequestAttributes[] = [];
  allowed = (attributes) => {
    asked.push(attributes);
    return attributes.resource !== 'secrets';
  };
  const secrets = { apiVersion: 'v1', kind: 'Secret' };
  expect(await send('POST', POLICIES, policy('p', secrets))).toMatchObject({
    code: 422,
    message:
      'ValidatingAdmissionPolicy.admissionregistration.k8s.io "p" is invalid: spec.paramKind: Forbidden: user ' +
      '&{alice  [system:authenticated] map[]} must have "get" permission on all objects of the referenced paramKind ' +
      '(kind=Secret, apiVersion=v1)',
  });
  expect(asked).toMatchObject([
    { verb: 'get', group: '', version: 'v1', resource: 'secrets', namespace: '*', name: '*' },
  ]);
  expect(
    (await send('POST', POLICIES, policy('p', { apiVersion: 'v1', kind: 'ConfigMap' }))).message,
  ).toBeUndefined();
  expect((await send('POST', POLICIES, policy('q'))).message).toBeUndefined();
});

it('what a binding refers to must be readable too', async () => {
  allowed = ({ resource, name }) => resource === 'configmaps' && name === 'mine';
  const bindings = `${POLICIES.replace(/ies$/, 'y')}bindings`;
  const mine = { name: 'mine', namespace: 'default', parameterNotFoundAction: 'Deny' };
  expect((await send('POST', bindings, binding('a', 'p', mine))).message).toBeUndefined();
  expect((await send('POST', bindings, binding('b', 'p', { ...mine, name: 'other' }))).message).toContain(
    'spec.paramRef: Forbidden: user &{alice  [system:authenticated] map[]} does not have "get" permission on the object ' +
      'referenced by paramRef',
  );
  expect((await send('POST', bindings, binding('b', 'missing', mine))).message).toContain(
    'unable to get policy missing to determine minimum required permissions and user',
  );
  expect((await send('POST', bindings, binding('b', 'p'))).message).toBeUndefined();
});
