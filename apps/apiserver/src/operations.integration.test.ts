import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

let data: string;
let server: ChildProcess;
let port = 0;
let token = '';
const log: string[] = [];

const key = () => randomBytes(32).toString('base64');
const keys = { one: key(), two: key() };

/** The providers in order; a key by its name, or the identity. */
async function configure(...providers: ('one' | 'two' | 'identity')[]): Promise<void> {
  const lines = providers.map((name) =>
    name === 'identity' ? '  - identity: {}' : `  - aesgcm: {keys: [{name: ${name}, secret: ${keys[name]}}]}`,
  );
  await writeFile(
    join(data, 'encryption.yaml'),
    `apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n- resources: [secrets]\n  providers:\n${lines.join('\n')}\n`,
  );
}

/** Resolves once it is ready; rejects with what it wrote when it ends before. */
async function start(...flags: string[]): Promise<void> {
  server = spawn(process.execPath, [main, '--data', data, '--secure-port', '0', ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: undefined },
  });
  log.length = 0;
  const lines = createInterface({ input: server.stderr ?? process.stdin });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line);
      if (!line.startsWith('{')) return;
      const entry = JSON.parse(line) as { msg: string; port?: number };
      if (entry.port !== undefined) port = entry.port;
      if (entry.msg === 'ready') resolve();
    });
    lines.on('close', () => reject(new Error(log.join('\n'))));
  });
  token = (await readFile(join(data, 'admin-token'), 'utf8')).trim();
}

const stop = (): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });

function ask(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = request(
      { host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Marks of all that lies in the database of Secrets, objects and log. */
async function marks(): Promise<string[]> {
  const client = new pg.Client({ host: join(data, 'postgres', 'run'), user: 'gantry', database: 'gantry' });
  await client.connect();
  try {
    const { rows } = await client.query<{ mark: string }>(
      `SELECT DISTINCT substring(body FROM '^(k8s:enc:[a-z0-9]+:v1:[a-z]+:|.)') AS mark FROM (
        SELECT body FROM object WHERE resource = 'secrets' UNION ALL SELECT body FROM change WHERE resource = 'secrets'
        UNION ALL SELECT previous_body FROM change WHERE resource = 'secrets'
      ) AS texts WHERE body IS NOT NULL`,
    );
    return rows.map(({ mark }) => mark);
  } finally {
    await client.end();
  }
}

async function until(want: string): Promise<void> {
  while ((await marks()).join() !== want) await new Promise((resolve) => setTimeout(resolve, 100));
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'gantry-operations-'));
  await start();
  await ask('POST', '/api/v1/namespaces/default/secrets', {
    metadata: { name: 's' },
    stringData: { password: 'hunter2' },
  });
});
afterAll(async () => {
  await stop();
  await rm(data, { recursive: true, force: true });
});

describe('encryption at rest', () => {
  it('takes over what lay there, follows a new key, and is given up again', async () => {
    const flags = [
      ...['--encryption-provider-config', join(data, 'encryption.yaml')],
      '--encryption-provider-config-automatic-reload',
    ];
    expect(await marks()).toEqual(['{']);
    await stop();
    await configure('one', 'identity');
    await start(...flags);
    await until('k8s:enc:aesgcm:v1:one:');
    await configure('two', 'one');
    await until('k8s:enc:aesgcm:v1:two:');
    const secret = await ask('GET', '/api/v1/namespaces/default/secrets/s');
    expect(JSON.parse(secret.text)).toMatchObject({ data: { password: 'aHVudGVyMg==' } });
    await stop();

    await configure('one');
    await expect(start(...flags)).rejects.toThrow(
      "secrets/default/s can't be decrypted: no matching prefix found",
    );
    await expect(start()).rejects.toThrow("secrets/default/s can't be decrypted");
    await configure('identity', 'two');
    await start(...flags);
    await until('{');
    await stop();
    await start();
    expect((await ask('GET', '/api/v1/namespaces/default/secrets/s')).status).toBe(200);
  });
});

describe('the command line', () => {
  it('is refused where it is wrong, in one line', async () => {
    await stop();
    await expect(start('--encryption-provider-config=/nowhere')).rejects.toThrow(
      'error reading encryption provider configuration file "/nowhere"',
    );
    await expect(start('--feature-gates=Nope=true')).rejects.toThrow(
      'invalid argument "Nope=true" for "--feature-gates" flag: unrecognized feature gate: Nope',
    );
    await expect(start('--max-request-inflight=3')).rejects.toThrow('Did you mean --max-requests-inflight?');
    await start('--etcd-servers=http://etcd:2379', '-v', '3', '--profiling');
    expect(log.join('\n')).toContain('the state lies in Postgres, not in etcd');
    expect((await ask('GET', '/debug/pprof/')).status).toBe(200);
    expect((await ask('GET', '/flagz')).text).toContain('\nprofiling: true\n');
    await vi.waitUntil(
      () => log.some((line) => line.includes('"URI":"/flagz"') && line.includes('"HTTP"')),
      10_000,
    );
  });
});
