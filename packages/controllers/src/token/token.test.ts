import { generateKeyPairSync } from 'node:crypto';
import type { Secret, ServiceAccount } from '@gantry/api/generated/types';
import { secrets, serviceAccounts } from '@gantry/client/resources';
import { createTokenSigner } from '@gantry/pki/jwt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { tokenController } from './controller.ts';
import { decideLegacy } from './legacy-cleaner.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const sign = createTokenSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

let running: Harness | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const secret = (annotations: Record<string, string>): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'kubernetes.io/service-account-token',
  metadata: { name: 't', namespace: 'ns', annotations },
});
const account: ServiceAccount = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'web', namespace: 'ns' },
};
const decoded = (text: string | undefined): string => Buffer.from(text ?? '', 'base64').toString();

describe('Secrets of service-account tokens', () => {
  it('are filled, and go with their account', async () => {
    const test = harness([tokenController({ sign, rootCa: 'PEM' })]);
    running = test;
    const { uid = '' } = (await test.client.create(serviceAccounts, account)).metadata;
    await test.client.create(secrets, secret({ 'kubernetes.io/service-account.name': 'web' }));
    test.start();
    const read = () => test.client.peek(secrets, 'ns', 't');
    await vi.waitUntil(() => read()?.data?.token !== undefined);
    const { data, metadata } = read() ?? secret({});
    expect([decoded(data?.['ca.crt']), decoded(data?.namespace)]).toEqual(['PEM', 'ns']);
    expect(metadata.annotations?.['kubernetes.io/service-account.uid']).toBe(uid);
    const [, payload = ''] = decoded(data?.token).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
      iss: 'kubernetes/serviceaccount',
      'kubernetes.io/serviceaccount/namespace': 'ns',
      'kubernetes.io/serviceaccount/secret.name': 't',
      'kubernetes.io/serviceaccount/service-account.name': 'web',
      'kubernetes.io/serviceaccount/service-account.uid': uid,
      sub: 'system:serviceaccount:ns:web',
    });
    await test.client.delete(serviceAccounts, 'ns', 'web');
    await vi.waitUntil(() => read() === undefined);
  });

  it('are forgotten by their account when they go', async () => {
    const test = harness([tokenController({ sign })]);
    running = test;
    await test.client.create(serviceAccounts, { ...account, secrets: [{ name: 't' }, { name: 'u' }] });
    await test.client.create(secrets, secret({ 'kubernetes.io/service-account.name': 'web' }));
    test.start();
    await vi.waitUntil(() => test.client.peek(secrets, 'ns', 't')?.data?.token !== undefined);
    await test.client.delete(secrets, 'ns', 't');
    await vi.waitUntil(() => test.client.peek(serviceAccounts, 'ns', 'web')?.secrets?.length === 1);
  });
});

describe('old tokens that were made by themselves', () => {
  const DAY = 86_400_000;
  const now = Date.parse('2030-01-01T00:00:00Z');
  const view = (labels: Record<string, string>, over: object = {}) => ({
    secret: {
      ...secret({ 'kubernetes.io/service-account.name': 'web' }),
      metadata: {
        ...secret({ 'kubernetes.io/service-account.name': 'web' }).metadata,
        creationTimestamp: '2028-01-01T00:00:00Z',
        labels,
      },
    },
    account: { ...account, secrets: [{ name: 't' }] },
    pods: [],
    since: Date.parse('2028-01-02T00:00:00Z'),
    now,
    unusedMs: 365 * DAY,
    ...over,
  });
  const USED = 'kubernetes.io/legacy-token-last-used';
  const INVALID = 'kubernetes.io/legacy-token-invalid-since';

  it('are marked when unused for a year, and go a year later', () => {
    expect(decideLegacy(view({}))).toBe('invalidate');
    expect(decideLegacy(view({ [USED]: '2028-06-01' }))).toBe('invalidate');
    expect(decideLegacy(view({ [USED]: '2029-06-01' }))).toBe('keep');
    expect(decideLegacy(view({ [INVALID]: '2029-06-01' }))).toBe('keep');
    expect(decideLegacy(view({ [INVALID]: '2028-12-01' }))).toBe('delete');
  });

  it('stay when someone made them, when a pod has them, and when uses were not marked for long', () => {
    expect(decideLegacy(view({}, { account }))).toBe('keep');
    expect(decideLegacy(view({}, { since: Date.parse('2029-12-01T00:00:00Z') }))).toBe('keep');
    const pod = { spec: { volumes: [{ name: 'v', secret: { secretName: 't' } }] } };
    expect(decideLegacy(view({}, { pods: [pod] }))).toBe('keep');
  });
});
