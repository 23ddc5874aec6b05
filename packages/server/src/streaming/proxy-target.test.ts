import { describe, expect, it } from 'vitest';
import { FakeState, pod, statusOf } from '../auth/testing/fakes.ts';
import { isProxyable, podProxyAddress, serviceProxyAddress, splitSchemeNamePort } from './proxy-target.ts';

const withIp = (name: string, podIP: string, ports: object[] = []): object => ({
  ...pod(name, { containers: [{ name: 'a', ports }] }),
  status: { podIP },
});

describe('proxy targets', () => {
  it('reads name, port and scheme', () => {
    expect(splitSchemeNamePort('web')).toEqual({ protocol: 'http:', name: 'web', port: '' });
    expect(splitSchemeNamePort('web:http')).toEqual({ protocol: 'http:', name: 'web', port: 'http' });
    expect(splitSchemeNamePort('https:web:443')).toEqual({ protocol: 'https:', name: 'web', port: '443' });
    for (const bad of ['', 'ftp:web:1', 'a:b:c:d', 'http::1'])
      expect(splitSchemeNamePort(bad)).toBeUndefined();
  });

  it('never points at the machine itself', async () => {
    for (const ip of ['10.0.0.1', '192.168.3.4', 'fd00::1']) expect(isProxyable(ip)).toBe(true);
    for (const ip of [
      '127.0.0.1',
      '0.0.0.0',
      '169.254.169.254',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      'fe80::1',
      '::ffff:127.0.0.1',
      'x',
    ]) {
      expect([ip, isProxyable(ip)]).toEqual([ip, false]);
    }
    const state = new FakeState([withIp('web', '127.0.0.1')]);
    expect((await statusOf(() => podProxyAddress(state, 'ns', 'web'))).message).toBe('address not allowed');
  });

  it('takes the port named, or the first that the pod declares', () => {
    const state = new FakeState([
      withIp('web', '10.0.0.1', [{ containerPort: 8080 }]),
      withIp('plain', '10.0.0.2'),
    ]);
    expect(podProxyAddress(state, 'ns', 'web')).toEqual({ protocol: 'http:', host: '10.0.0.1', port: 8080 });
    expect(podProxyAddress(state, 'ns', 'https:web:9')).toEqual({
      protocol: 'https:',
      host: '10.0.0.1',
      port: 9,
    });
    expect(podProxyAddress(state, 'ns', 'plain').port).toBe(80);
  });

  it('finds an endpoint of the service by port name or number', async () => {
    const target = (namespace: string): object => ({ kind: 'Pod', name: 'web', namespace });
    const endpoints = {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'web', namespace: 'ns' },
      subsets: [
        {
          addresses: [
            { ip: '10.0.0.1', targetRef: target('ns') },
            { ip: '10.0.0.2', targetRef: target('other') },
            { ip: '10.0.0.3' },
          ],
          ports: [{ name: 'http', port: 8080 }],
        },
      ],
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'ns' },
      spec: { ports: [{ name: 'http', port: 80 }] },
    };
    const state = new FakeState([endpoints, service]);
    const expected = { protocol: 'http:', host: '10.0.0.1', port: 8080 };
    for (const random of [0, 0.5, 0.999]) {
      expect(serviceProxyAddress(state, 'ns', 'web:http', () => random)).toEqual(expected);
      expect(serviceProxyAddress(state, 'ns', 'web:80', () => random)).toEqual(expected);
    }
    const failed = async (id: string) =>
      (await statusOf(() => serviceProxyAddress(state, 'ns', id, Math.random))).message;
    expect(await failed('web')).toBe('no endpoints available for service "web"');
    expect(await failed('web:81')).toBe('no service port 81 found for service "web"');
    expect(await failed('none')).toBe('services "none" not found');
  });
});
