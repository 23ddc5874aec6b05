import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ImageDefinition } from './oci.ts';
import type { TarEntry } from './tar.ts';

const run = promisify(execFile);
const BUSYBOX = '/bin/busybox';

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;
const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
tty:x:5:
www-data:x:33:
nobody:x:65534:
`;

/** Debian's static busybox crashes on wget's timeout; the time is kept by another of its commands. */
const WGET = `#!/bin/sh
time=
count=$#
while [ "$count" -gt 0 ]; do
  case $1 in
    -T | --timeout) time=$2; shift; count=$((count - 1)) ;;
    -T*) time=\${1#-T} ;;
    --timeout=*) time=\${1#--timeout=} ;;
    *) set -- "$@" "$1" ;;
  esac
  shift
  count=$((count - 1))
done
[ -z "$time" ] && exec busybox wget "$@"
timeout "$time" busybox wget "$@"
code=$?
[ "$code" -eq 143 ] && echo 'wget: download timed out' >&2 && exit 1
exit "$code"
`;

/** What every image that has a shell starts from: Debian's static busybox with a link for each of its commands. */
export interface BusyboxBase {
  readonly entries: readonly TarEntry[];
  /** `1.35.0`. */
  readonly version: string;
}

/** Reads the host's busybox. Throws, naming the package, when there is no static one. */
export async function busyboxBase(): Promise<BusyboxBase> {
  const data = await readFile(BUSYBOX).catch(() => undefined);
  if (data === undefined || !isStatic(data)) {
    throw new Error(`${BUSYBOX} is missing or not static: apt-get install busybox-static`);
  }
  const [{ stdout: applets }, { stdout: banner }] = await Promise.all([
    run(BUSYBOX, ['--list']),
    run(BUSYBOX, ['--help']),
  ]);
  const version = /BusyBox v(\d+\.\d+\.\d+)/.exec(banner)?.[1] ?? '1.35.0';
  const names = applets.split('\n').filter((name) => name !== '' && name !== 'busybox');
  const directory = (path: string, mode = 0o755): TarEntry => ({ type: 'directory', path, mode });
  const file = (path: string, text: string, mode = 0o644): TarEntry => ({
    type: 'file',
    path,
    mode,
    data: Buffer.from(text),
  });
  return {
    version,
    entries: [
      ...['bin', 'etc', 'home', 'usr', 'usr/bin', 'usr/sbin', 'var', 'var/www', 'var/run'].map((path) =>
        directory(path),
      ),
      directory('root', 0o700),
      directory('tmp', 0o1777),
      { type: 'file', path: 'bin/busybox', mode: 0o755, data },
      ...names
        .filter((name) => name !== 'wget')
        .map((name): TarEntry => ({ type: 'hardlink', path: `bin/${name}`, target: 'bin/busybox' })),
      file('bin/wget', WGET, 0o755),
      { type: 'symlink', path: 'usr/bin/env', target: '/bin/env' },
      file('etc/passwd', PASSWD),
      file('etc/group', GROUP),
      file('etc/nsswitch.conf', 'hosts: files dns\n'),
    ],
  };
}

/** Whether the ELF file needs no interpreter (has no PT_INTERP segment). */
export function isStatic(elf: Buffer): boolean {
  if (elf.length < 64 || elf.toString('latin1', 0, 4) !== '\x7fELF') return false;
  const start = Number(elf.readBigUInt64LE(32));
  const size = elf.readUInt16LE(54);
  const count = elf.readUInt16LE(56);
  for (let index = 0; index < count; index++) {
    const at = start + index * size;
    if (at + 4 > elf.length || elf.readUInt32LE(at) === 3) return false;
  }
  return true;
}

export function busyboxImage(base: BusyboxBase): ImageDefinition {
  const minor = base.version.split('.').slice(0, 2).join('.');
  return {
    name: 'docker.io/library/busybox',
    tags: ['latest', 'stable', '1', minor, base.version],
    entries: base.entries,
    config: { Cmd: ['sh'], Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
  };
}
