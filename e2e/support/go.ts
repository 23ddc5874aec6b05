import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const DEBIAN = '/usr/lib';
/** The sources use what Go 1.26 brought, as client-go of Kubernetes 1.36 does. */
const MINOR_MIN = 26;
const TIMEOUT_MS = 300_000;

type Found = { readonly go: string } | { readonly missing: string };
export type Built = { readonly program: string } | { readonly missing: string };

/** `$GANTRY_GO`, else Go from PATH, from where its own archive unpacks to, or from Debian's packages (newest first). */
function findGo(): Found {
  const { GANTRY_GO, PATH = '' } = process.env;
  const debian = readdirSync(DEBIAN)
    .filter((name) => /^go-1\.\d+$/.test(name))
    .sort((one, other) => Number(other.slice('go-1.'.length)) - Number(one.slice('go-1.'.length)));
  const folders = [
    ...PATH.split(':'),
    '/usr/local/go/bin',
    ...debian.map((name) => join(DEBIAN, name, 'bin')),
  ];
  const candidates = GANTRY_GO ? [GANTRY_GO] : folders.map((folder) => join(folder, 'go'));
  const seen: string[] = [];
  for (const go of candidates.filter(existsSync)) {
    const { stdout } = spawnSync(go, ['env', 'GOVERSION'], {
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'local' },
    });
    const minor = /^go1\.(\d+)/.exec(stdout ?? '')?.[1];
    if (Number(minor) >= MINOR_MIN) return { go };
    seen.push(`${go} is ${stdout?.trim() || 'no Go'}`);
  }
  const why = seen.length > 0 ? `: ${seen.join(', ')}` : '';
  return { missing: `no Go 1.${MINOR_MIN} or later is there (GANTRY_GO names one)${why}` };
}

/**
 * Builds the Go program of `source` as `output/program`. Nothing is fetched: its modules come from the module cache, or
 * from the vendored ones of the module that `$GANTRY_GO_MODULE` names. Throws when the program does not compile.
 */
export async function buildGo(source: string, output: string): Promise<Built> {
  const found = findGo();
  if ('missing' in found) return found;
  const host = process.env.GANTRY_GO_MODULE;
  const files = (await readdir(source))
    .filter((name) => name.endsWith('.go'))
    .map((name) => join(source, name));
  const flags: string[] = [];
  if (!host) {
    // A copy, since Go writes into it what it works out.
    await copyFile(join(source, 'go.mod'), join(output, 'go.mod'));
    flags.push('-mod=mod', `-modfile=${join(output, 'go.mod')}`);
  }
  const run = (command: string, ...args: readonly string[]) =>
    spawnSync(found.go, [command, ...flags, ...args, ...files], {
      cwd: host || source,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 64 << 20,
      env: { CGO_ENABLED: '0', GOPROXY: 'off', GOSUMDB: 'off', ...process.env, GOTOOLCHAIN: 'local' },
    });
  const listed = run('list', '-deps');
  if (listed.status !== 0) {
    const [first = ''] = listed.stderr.trim().split('\n');
    return { missing: `Go's modules are not there; "go mod download" in ${source} gets them: ${first}` };
  }
  const program = join(output, 'program');
  const built = run('build', '-o', program);
  if (built.status !== 0) throw new Error(`the Go program does not compile:\n${built.stderr}`);
  return { program };
}
