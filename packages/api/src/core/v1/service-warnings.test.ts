import { expect, test } from 'vitest';
import { compileKind } from '../../compile.ts';
import { ingress } from '../../networking/v1/ingress.ts';
import { admitted } from '../../testing/objects.ts';
import { pod } from './pod.ts';
import { service } from './service.ts';

const places = { status: { loadBalancer: { ingress: [{ ip: '::FFFF' }] } } };
const PLACE = [
  'status.loadBalancer.ingress[0]: IPv6 address "::FFFF" should be in RFC 5952 canonical format ("::ffff")',
];

test('external addresses and ranges are told of', () => {
  const spec = { externalIPs: ['1.2.3.04'], loadBalancerSourceRanges: ['10.0.0.1/8'], ports: [{ port: 80 }] };
  const object = admitted(service, { metadata: { name: 's' }, spec });
  expect(compileKind(service).warnings(object)).toEqual([
    'spec.externalIPs[0]: non-standard IP address "1.2.3.04" is invalid: use "1.2.3.4"',
    'spec.externalIPs is deprecated and may no longer be implemented in some clusters',
    'spec.loadBalancerSourceRanges[0]: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)',
  ]);
});

test('a write of the status repeats no warning of the object, but tells of the addresses in it', () => {
  const spec = { externalIPs: ['1.2.3.4'], ports: [{ port: 80 }] };
  const object = admitted(service, { metadata: { name: 's' }, spec, ...places });
  expect(compileKind(service).warnings(object, object, 'status')).toEqual(PLACE);
  const rule = admitted(ingress, { metadata: { name: 'i' }, spec: {}, ...places });
  expect(compileKind(ingress).warnings(rule, rule, 'status')).toEqual(PLACE);
  const running = admitted(pod, {
    metadata: { name: 'p' },
    spec: { containers: [], nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
    status: { podIPs: [{ ip: 'FD00::1' }] },
  });
  expect(compileKind(pod).warnings(running)).toHaveLength(1);
  expect(compileKind(pod).warnings(running, running, 'status')).toEqual([
    'status.podIPs[0].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
  ]);
  expect(compileKind(pod).warnings(running, running, 'resize')).toEqual([]);
});
