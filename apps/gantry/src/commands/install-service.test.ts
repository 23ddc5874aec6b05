import { expect, it } from 'vitest';
import type { UpOptions } from '../options.ts';
import { unitText } from './install-service.ts';

const options: UpOptions = {
  data: '/srv/my data/100%',
  apiPort: 6443,
  consolePort: 8080,
  simulatedNodes: undefined,
  clusterCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  proxyMode: 'nftables',
  criEndpoint: undefined,
  databaseUrl: 'postgresql://u:pa$s@db/x',
  bind: '127.0.0.1',
  publicUrl: undefined,
  certNames: [],
  nodeName: undefined,
  nodeIp: undefined,
  apiserverFlags: [],
  syncAllowAddresses: undefined,
};

it('keeps systemd from reading a path or password as its own syntax', () => {
  const command = /^ExecStart=(.*)$/m.exec(unitText(options))?.[1];
  expect(command).toContain('"up" "--data" "/srv/my data/100%%"');
  expect(command).toContain('"postgresql://u:pa$$s@db/x"');
});

it('ends the supervisor alone, and starts again only after a failure', () => {
  expect(unitText(options)).toMatch(/^KillMode=process$/m);
  expect(unitText(options)).toMatch(/^Restart=on-failure$/m);
});
