import { spawn } from 'node:child_process';
import { commandRunner, type RunCommand } from '../command.ts';

/**
 * A node with a bridge, three pods on it (10.244.0.11 to .13) and a client outside (172.31.0.2), each a network
 * namespace of its own without any way out.
 */
export interface Topology {
  readonly node: RunCommand;
  readonly nodePrefix: readonly string[];
  /** Runs JavaScript in a namespace: `node`, `ext`, `pod1` … */
  script(where: string, code: string): Promise<string>;
  /** Starts a server script in a namespace; resolves when it has printed something. */
  serve(where: string, code: string): Promise<void>;
  down(): Promise<void>;
}

const enter = (name: string): string[] => ['nsenter', `--net=/run/netns/${name}`];

async function links(prefix: string, run: RunCommand): Promise<void> {
  const ip = (text: string) => run(['ip', ...text.split(' ')]);
  const node = `${prefix}-node`;
  for (const name of ['node', 'pod1', 'pod2', 'pod3', 'ext']) {
    await ip(`netns add ${prefix}-${name}`);
    await ip(`-n ${prefix}-${name} link set lo up`);
  }
  await ip(`-n ${node} link add cbr0 type bridge`);
  await ip(`-n ${node} addr add 10.244.0.1/16 dev cbr0`);
  await ip(`-n ${node} link set cbr0 up`);
  for (const i of [1, 2, 3]) {
    const pod = `${prefix}-pod${i}`;
    await ip(`link add v${i} netns ${node} type veth peer name eth0 netns ${pod}`);
    await ip(`-n ${node} link set v${i} master cbr0 up`);
    await ip(`-n ${node} link set dev v${i} type bridge_slave hairpin on`);
    await ip(`-n ${pod} addr add 10.244.0.1${i}/16 dev eth0`);
    await ip(`-n ${pod} link set eth0 up`);
    await ip(`-n ${pod} route add default via 10.244.0.1`);
  }
  await ip(`link add ext0 netns ${node} type veth peer name eth0 netns ${prefix}-ext`);
  await ip(`-n ${node} addr add 172.31.0.1/24 dev ext0`);
  await ip(`-n ${node} link set ext0 up`);
  await ip(`-n ${prefix}-ext addr add 172.31.0.2/24 dev eth0`);
  await ip(`-n ${prefix}-ext link set eth0 up`);
  await ip(`-n ${prefix}-ext route add 10.96.0.0/12 via 172.31.0.1`);
  // What no rule translates dies at the bridge.
  await ip(`-n ${node} route add 10.96.0.0/12 dev cbr0`);
}

/** Builds the namespaces; `prefix` must be unique on the machine. Needs root and iproute2. */
export async function topologyUp(prefix: string): Promise<Topology> {
  const run = commandRunner();
  const children: (() => void)[] = [];
  const nodePrefix = enter(`${prefix}-node`);
  const node = commandRunner(nodePrefix);
  const down = async (): Promise<void> => {
    for (const stop of children) stop();
    for (const name of ['node', 'pod1', 'pod2', 'pod3', 'ext'])
      await run(['ip', 'netns', 'del', `${prefix}-${name}`]).catch(() => '');
  };
  try {
    await links(prefix, run);
    for (const key of ['ip_forward=1', 'conf.all.send_redirects=0', 'conf.cbr0.send_redirects=0'])
      await node(['sysctl', '-q', '-w', `net.ipv4.${key}`]);
    await node(['sysctl', '-q', '-w', 'net.bridge.bridge-nf-call-iptables=1']).catch(() => '');
  } catch (error) {
    await down();
    throw error;
  }
  return {
    node,
    nodePrefix,
    down,
    script: (where, code) => commandRunner(enter(`${prefix}-${where}`))([process.execPath, '-e', code]),
    serve: (where, code) =>
      new Promise((resolve, reject) => {
        const [program = '', ...args] = [...enter(`${prefix}-${where}`), process.execPath, '-e', code];
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
        children.push(() => child.kill('SIGKILL'));
        child.stdout.once('data', () => resolve());
        child.once('error', reject);
      }),
  };
}

/** A TCP server that answers `NAME SOURCE-ADDRESS`, and a UDP server on the same port number that does too. */
export const echoServer = (name: string, port: number): string => `
const net = require('net'), dgram = require('dgram');
const udp = dgram.createSocket('udp4');
udp.on('message', (m, from) => udp.send('${name} ' + from.address, from.port, from.address));
udp.bind(${port}, () => net.createServer((s) => { s.on('error', () => {}); s.end('${name} ' + s.remoteAddress); })
  .listen(${port}, '0.0.0.0', () => console.log('up')));`;

/** Connects `count` times and prints each answer, or the error's code, on a line. */
export const tcpClient = (ip: string, port: number, count = 1, timeoutMs = 1_500): string => `
const net = require('net');
const one = () => new Promise((done) => {
  let text = '';
  const s = net.connect({ host: '${ip}', port: ${port} });
  s.setTimeout(${timeoutMs}, () => { s.destroy(); done('timeout'); });
  s.on('data', (d) => (text += d)); s.on('end', () => done(text)); s.on('error', (e) => done(e.code));
});
(async () => { for (let i = 0; i < ${count}; i++) console.log(await one()); })();`;

/** Sends a datagram from a fixed port and prints the answer. */
export const udpClient = (ip: string, port: number, from: number): string => `
const s = require('dgram').createSocket('udp4');
const timer = setTimeout(() => { console.log('timeout'); s.close(); }, 1500);
s.on('message', (m) => { console.log(String(m)); clearTimeout(timer); s.close(); });
s.on('error', (e) => { console.log(e.code); clearTimeout(timer); s.close(); });
s.bind(${from}, () => s.send('x', ${port}, '${ip}'));`;
