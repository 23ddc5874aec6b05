import type { PeerCertificate } from 'node:tls';
import { expect, it } from 'vitest';
import { refusalOf } from './caller.ts';

const answer = (authorized: boolean, subject?: { O?: string | string[]; CN?: string }) =>
  refusalOf({ authorized, getPeerCertificate: () => ({ subject }) as never as PeerCertificate } as never)
    ?.code;

it('asks who a caller is that shows no certificate of the cluster', () => {
  expect(answer(false)).toBe(401);
  expect(answer(true)).toBe(401);
  expect(answer(false, { O: 'system:masters', CN: 'kube-apiserver-kubelet-client' })).toBe(401);
});

it('lets in the apiserver and administrators alone', () => {
  expect(answer(true, { O: 'system:nodes', CN: 'system:node:a' })).toBe(403);
  expect(answer(true, { CN: 'kube-apiserver-kubelet-client' })).toBeUndefined();
  expect(answer(true, { O: ['a', 'system:masters'], CN: 'b' })).toBeUndefined();
});

it('turns away a caller that has hung up, of whom nothing is known', () => {
  expect(refusalOf({ authorized: true, getPeerCertificate: () => null } as never)?.code).toBe(401);
});
