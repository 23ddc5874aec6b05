import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const canRun = process.getuid?.() === 0 && existsSync('/usr/sbin/nft');

/** Runs in a network namespace of its own, which goes with it: two pods claim one port, then the first ends. */
const SCRIPT = `
const { execFileSync } = await import('node:child_process');
const { HostPorts } = await import(process.argv[1]);
const ports = new HostPorts({ bridge: 'gt0', podCidr: '10.250.1.0/24', clusterCidr: '10.250.0.0/16' });
const claim = (containerPort, hostIp = '') => ({ hostIp, hostPort: 8080, protocol: 'TCP', containerPort });
const elements = (name) => {
  const text = execFileSync('nft', ['-j', 'list', 'map', 'ip', 'gantry-gt0', name], { encoding: 'utf8' });
  const { elem = [] } = JSON.parse(text).nftables.find(({ map }) => map !== undefined).map;
  return elem.map(([from, to]) => from.concat.join(' ') + ' > ' + to.concat.join(' '));
};
const seen = [];
const see = () => seen.push({ any: elements('ports'), bound: elements('address-ports') });
await ports.load();
await ports.set('first', '10.250.1.2', [claim(80), claim(81, '192.0.2.1')]);
await ports.set('second', '10.250.1.3', [claim(90, '0.0.0.0'), claim(91, '192.0.2.1')]);
see();
await ports.load();
see();
await ports.remove('first');
see();
console.log(JSON.stringify(seen));
`;

it.runIf(canRun)('of two claims to one port the first holds, and the other once that is gone', async () => {
  const source = new URL('host-ports.ts', import.meta.url).href;
  const node = [process.execPath, '--input-type=module', '-e', SCRIPT, source];
  const { stdout } = await promisify(execFile)('unshare', ['--net', '--', ...node], { encoding: 'utf8' });
  const first = { any: ['tcp 8080 > 10.250.1.2 80'], bound: ['192.0.2.1 tcp 8080 > 10.250.1.2 81'] };
  const second = { any: ['tcp 8080 > 10.250.1.3 90'], bound: ['192.0.2.1 tcp 8080 > 10.250.1.3 91'] };
  expect(JSON.parse(stdout)).toEqual([first, first, second]);
});
