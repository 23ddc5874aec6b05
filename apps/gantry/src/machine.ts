import { execFileSync } from 'node:child_process';
import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';

/** DNS-1123 form of the machine's name. */
export function defaultNodeName(): string {
  const name = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return name === '' || name === 'localhost' ? 'node-1' : name.slice(0, 63);
}

/** The address of the interface with the default route, else the first that isn't loopback, else loopback. */
export function defaultNodeIp(): string {
  const interfaces = networkInterfaces();
  const ipv4 = (name: string): string | undefined =>
    interfaces[name]?.find((address) => address.family === 'IPv4' && !address.internal)?.address;
  const routed = defaultRouteInterface();
  const first = Object.keys(interfaces)
    .filter((name) => !/^(cni|veth|docker|br-|kube)/.test(name))
    .map(ipv4)
    .find((address) => address !== undefined);
  return (routed === undefined ? undefined : ipv4(routed)) ?? first ?? '127.0.0.1';
}

function defaultRouteInterface(): string | undefined {
  try {
    return /default .*?dev (\S+)/.exec(
      execFileSync('ip', ['-4', 'route', 'show', 'default'], { encoding: 'utf8' }),
    )?.[1];
  } catch {
    return undefined;
  }
}

/** Why this machine can't run real containers; undefined when it can. */
export function whyNoContainers(criEndpoint: string | undefined): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'Gantry does not run as root';
  const found = (name: string): boolean =>
    ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin', '/usr/local/sbin'].some((dir) =>
      existsSync(`${dir}/${name}`),
    );
  const tools = criEndpoint === undefined ? ['containerd', 'ctr', 'runc', 'nft', 'ip'] : ['nft', 'ip'];
  const missing = tools.filter((name) => !found(name));
  if (missing.length > 0)
    return `${missing.join(', ')} not found (Debian packages containerd, runc, nftables, iproute2)`;
  if (!existsSync('/usr/lib/cni/bridge') && !existsSync('/opt/cni/bin/bridge'))
    return 'the CNI plugins are missing (Debian package containernetworking-plugins)';
  return undefined;
}

/** Throws a UserError that names the flag when something listens there already. */
export function assertPortFree(flag: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new UserError(`port ${port} is in use: stop what uses it, or choose another with ${flag}`));
      else
        reject(
          new UserError(
            `can't listen on ${host}:${port} (${error.code ?? error.message}): choose others with ${flag} and --bind`,
          ),
        );
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

const DISK_FREE_MIN_BYTES = 512 << 20;

/** Throws a UserError when the data folder's disk is nearly full. */
export function assertDiskSpace(data: string): void {
  let folder = data;
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  const stats = statfsSync(folder);
  const free = stats.bavail * stats.bsize;
  if (free < DISK_FREE_MIN_BYTES) {
    throw new UserError(
      `only ${Math.round(free / (1 << 20))} MiB are free on the disk of ${data}: Gantry needs 512 MiB; free some, or choose another folder with --data`,
    );
  }
}
