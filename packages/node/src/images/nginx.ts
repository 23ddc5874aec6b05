import { execFile } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { BusyboxBase } from './busybox.ts';
import type { ImageDefinition } from './oci.ts';
import type { TarEntry } from './tar.ts';

const run = promisify(execFile);
const APT_TIMEOUT_MS = 120_000;

const CONF = `user nobody nogroup;
worker_processes auto;
error_log /dev/stderr notice;
pid /run/nginx.pid;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout combined;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}
`;

const SITE = `server {
  listen 80;
  server_name localhost;
  location / {
    root /usr/share/nginx/html;
    index index.html index.htm;
  }
}
`;

const WELCOME = `<!DOCTYPE html>
<html><head><title>Welcome to nginx!</title></head>
<body><h1>Welcome to nginx!</h1><p>The web server works.</p></body></html>
`;

/**
 * Debian's nginx, taken from its packages (nothing is installed on the host), with the libraries that it loads. `dir`
 * is for the packages meanwhile; one that a killed process left is replaced.
 */
export async function nginxImage(base: BusyboxBase, dir: string): Promise<ImageDefinition> {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  try {
    await unpack(dir, ['nginx', 'nginx-common']);
    const root = join(dir, 'root');
    const binary = join(root, 'usr/sbin/nginx');
    const libraries = await collectLibraries(dir, binary);
    const version = await packageVersion(dir);
    return {
      name: 'docker.io/library/nginx',
      tags: tagsOf(version),
      entries: [...base.entries, ...libraries, ...(await nginxEntries(root, binary))],
      config: {
        Entrypoint: ['/usr/sbin/nginx'],
        Cmd: ['-g', 'daemon off;'],
        Env: [
          'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          `NGINX_VERSION=${version}`,
        ],
        ExposedPorts: { '80/tcp': {} },
        StopSignal: 'SIGQUIT',
      },
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function tagsOf(version: string): string[] {
  return ['latest', 'stable', version.split('.').slice(0, 2).join('.'), version];
}

async function nginxEntries(root: string, binary: string): Promise<TarEntry[]> {
  const directories = [
    'etc/nginx',
    'etc/nginx/conf.d',
    'usr/share',
    'usr/share/nginx',
    'usr/share/nginx/html',
  ];
  const writable = [
    'var/log',
    'var/log/nginx',
    'var/lib',
    'var/lib/nginx',
    'var/cache',
    'var/cache/nginx',
    'run',
  ];
  const text = (path: string, content: string): TarEntry => ({
    type: 'file',
    path,
    mode: 0o644,
    data: Buffer.from(content),
  });
  return [
    ...[...directories, ...writable].map((path): TarEntry => ({ type: 'directory', path, mode: 0o755 })),
    { type: 'file', path: 'usr/sbin/nginx', mode: 0o755, data: await readFile(binary) },
    { type: 'symlink', path: 'var/log/nginx/access.log', target: '/dev/stdout' },
    { type: 'symlink', path: 'var/log/nginx/error.log', target: '/dev/stderr' },
    text('etc/nginx/mime.types', await readFile(join(root, 'etc/nginx/mime.types'), 'utf8')),
    text('etc/nginx/nginx.conf', CONF),
    text('etc/nginx/conf.d/default.conf', SITE),
    text('usr/share/nginx/html/index.html', WELCOME),
    text('etc/group', 'root:x:0:\nnogroup:x:65534:\nwww-data:x:33:\n'),
  ];
}

async function unpack(dir: string, packages: readonly string[]): Promise<void> {
  await run('apt-get', ['-o', 'APT::Sandbox::User=root', '-qq', 'download', ...packages], {
    cwd: dir,
    timeout: APT_TIMEOUT_MS,
  });
  for (const name of await readdir(dir)) {
    if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(dir, name), join(dir, 'root')]);
  }
}

async function packageVersion(dir: string): Promise<string> {
  const name = (await readdir(dir)).find((file) => /^nginx_.*\.deb$/.test(file)) ?? '';
  const { stdout } = await run('dpkg-deb', ['-f', join(dir, name), 'Version']);
  return /^(\d+\.\d+\.\d+)/.exec(stdout.trim())?.[1] ?? '1.22.1';
}

/** The shared libraries of the program at the paths where the dynamic linker looks; those the host lacks are fetched. */
async function collectLibraries(dir: string, binary: string): Promise<TarEntry[]> {
  let lines = await ldd(binary, dir);
  if (lines.some((line) => line.includes('not found'))) {
    const { stdout } = await run('sh', ['-c', `dpkg-deb -f nginx_*.deb Depends`], { cwd: dir });
    const wanted = [...stdout.matchAll(/\blib[a-z0-9.+-]+/g)].map((match) => match[0]);
    await unpack(dir, wanted);
    lines = await ldd(binary, dir);
  }
  const entries = new Map<string, TarEntry>();
  for (const line of lines) {
    if (line.includes('not found')) throw new Error(`nginx needs ${line.trim()}`);
    const path = /(\/\S+) \(0x/.exec(line)?.[1];
    if (path !== undefined) await addLibrary(entries, dir, path);
  }
  return [...entries.values()];
}

async function ldd(binary: string, dir: string): Promise<string[]> {
  const library = join(
    dir,
    'root/usr/lib',
    process.arch === 'x64' ? 'x86_64-linux-gnu' : 'aarch64-linux-gnu',
  );
  const { stdout } = await run('ldd', [binary], { env: { ...process.env, LD_LIBRARY_PATH: library } });
  return stdout.split('\n');
}

async function addLibrary(entries: Map<string, TarEntry>, dir: string, path: string): Promise<void> {
  const inImage = path.replace(join(dir, 'root'), '').replace(/^\//, '');
  const parents: string[] = [];
  for (let parent = dirname(inImage); parent !== '.'; parent = dirname(parent)) parents.unshift(parent);
  for (const parent of parents) {
    if (!entries.has(parent)) entries.set(parent, { type: 'directory', path: parent, mode: 0o755 });
  }
  const stat = await lstat(path);
  const source = stat.isSymbolicLink() ? await realpath(path) : path;
  entries.set(inImage, { type: 'file', path: inImage, mode: 0o755, data: await readFile(source) });
}
