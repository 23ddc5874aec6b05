// Tests that start nodes run in a network namespace of their own: nothing they send can leave the machine, and they
// don't meet a Gantry that already runs here.
import { existsSync } from 'node:fs';

const SETUP = [
  'ip link set lo up',
  'ip link add gantry-test0 type veth peer name gantry-test1',
  'ip address add 192.0.2.10/24 dev gantry-test0',
  'ip link set gantry-test1 up && ip link set gantry-test0 up',
  // Whatever no other route knows ends here.
  'ip route add blackhole default metric 4000',
].join(' && ');

/** [file, args] that run `node` with `command` in a fresh network namespace; as it is where that is impossible. */
export function isolated(node, command) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/unshare')) return [node, command];
  return ['/usr/bin/unshare', ['--net', 'sh', '-c', `${SETUP} && exec "$0" "$@"`, node, ...command]];
}
