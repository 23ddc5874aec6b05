import { describe, expect, it } from 'vitest';
import { CommandError } from './command.ts';
import { flowCleaner, staleFlows } from './conntrack.ts';
import type { Frontend } from './frontend.ts';

const dns = (...ips: string[]): Frontend => ({
  ip: '10.96.0.10',
  protocol: 'udp',
  port: 53,
  service: 'kube-system/kube-dns:dns',
  backends: ips.map((ip) => ({ ip, port: 53, local: false })),
  masquerade: 'off-cluster',
  whenEmpty: 'reject',
});
const at = { ip: '10.96.0.10', port: 53 };

describe('stale UDP flows', () => {
  it('are those to endpoints that went', () => {
    expect(staleFlows([dns('10.0.0.1', '10.0.0.2')], [dns('10.0.0.2')])).toEqual([
      { ...at, endpoint: '10.0.0.1' },
    ]);
    expect(staleFlows([dns('10.0.0.1')], [])).toEqual([{ ...at, endpoint: '10.0.0.1' }]);
  });
  it('are all untranslated ones when the first endpoint comes', () => {
    expect(staleFlows([dns()], [dns('10.0.0.1')])).toEqual([at]);
    expect(staleFlows([], [dns('10.0.0.1')])).toEqual([at]);
  });
  it('do not exist for TCP or without change', () => {
    expect(staleFlows([{ ...dns('10.0.0.1'), protocol: 'tcp' }], [])).toEqual([]);
    expect(staleFlows([dns('10.0.0.1')], [dns('10.0.0.1')])).toEqual([]);
  });
});

describe('flowCleaner', () => {
  const warnings: string[] = [];
  const log = {
    info() {},
    debug() {},
    error() {},
    warn: (_: object, text: string) => void warnings.push(text),
  };
  it('takes "0 flow entries" for success and gives up when there is no conntrack', async () => {
    let calls = 0;
    const clean = flowCleaner((argv) => {
      calls++;
      throw calls < 3
        ? new CommandError(argv, 1, 'conntrack v1.4.7: 0 flow entries have been deleted.')
        : new CommandError(argv, -1, 'spawn conntrack ENOENT');
    }, log);
    await clean([at, { ...at, endpoint: '10.0.0.1' }]);
    expect(warnings).toEqual([]);
    await clean([at, at]);
    await clean([at]);
    expect([calls, warnings.length]).toEqual([3, 1]);
  });
});
