import { createHmac } from 'node:crypto';
import type { ConfigMap, Secret } from '@gantry/api/generated/types';
import { configMaps, secrets } from '@gantry/client/resources';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Harness, harness } from '../testing/harness.ts';
import { bootstrapSignerController, detachedSignature } from './signer.ts';
import { tokenCleanerController } from './token-cleaner.ts';

let running: Harness | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const token = (id: string, data: Record<string, string> = {}): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'bootstrap.kubernetes.io/token',
  metadata: { name: `bootstrap-token-${id}`, namespace: 'kube-system' },
  data: Object.fromEntries(
    Object.entries({
      ...{ 'token-id': id, 'token-secret': '0123456789abcdef', 'usage-bootstrap-signing': 'true' },
      ...data,
    }).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
});

describe('bootstrap tokens', () => {
  it('sign cluster-info, each while it is there', async () => {
    const test = harness([bootstrapSignerController()]);
    running = test;
    const info: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cluster-info', namespace: 'kube-public' },
      data: { kubeconfig: 'text', 'jws-kubeconfig-gone00': 'old' },
    };
    await test.client.create(configMaps, info);
    await test.client.create(secrets, token('abcdef'));
    await test.client.create(secrets, token('ghijkl', { 'usage-bootstrap-signing': 'false' }));
    test.start();
    const data = () => test.client.peek(configMaps, 'kube-public', 'cluster-info')?.data;
    await vi.waitUntil(() => data()?.['jws-kubeconfig-abcdef'] !== undefined);
    expect(data()).toEqual({
      kubeconfig: 'text',
      'jws-kubeconfig-abcdef': detachedSignature('text', 'abcdef', '0123456789abcdef'),
    });
    await test.client.delete(secrets, 'kube-system', 'bootstrap-token-abcdef');
    await vi.waitUntil(() => data()?.['jws-kubeconfig-abcdef'] === undefined);
  });

  it('sign so that who knows the token can check', () => {
    const [header = '', payload, signature] = detachedSignature('text', 'abcdef', 'key').split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', kid: 'abcdef' });
    expect(payload).toBe('');
    const content = `${header}.${Buffer.from('text').toString('base64url')}`;
    expect(signature).toBe(createHmac('sha256', 'abcdef.key').update(content).digest('base64url'));
  });

  it('go when their time is over', async () => {
    const test = harness([tokenCleanerController()], () => Date.parse('2030-01-01T00:00:00Z'));
    running = test;
    await test.client.create(secrets, token('abcdef', { expiration: '2029-12-31T00:00:00Z' }));
    await test.client.create(secrets, token('ghijkl', { expiration: '2030-12-31T00:00:00Z' }));
    test.start();
    await vi.waitUntil(() => test.client.all(secrets).length === 1);
    expect(test.client.all(secrets)[0]?.metadata.name).toBe('bootstrap-token-ghijkl');
  });
});
