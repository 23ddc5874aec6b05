import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unauthorized } from '@gantry/machinery/status';
import type { AuditRow } from '@gantry/store/audit-port';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Auditor } from './auditor.ts';
import { BatchQueue } from './batch-queue.ts';
import { createAuditDatabase } from './database.ts';
import type { AuditEvent, AuditSubject } from './event.ts';
import { createFileLog, type FileLogOptions } from './file-log.ts';
import { compilePolicy } from './policy.ts';
import type { AuditSink } from './sink.ts';
import { AuditTrail } from './trail.ts';

const subject: AuditSubject = {
  auditId: 'id-1',
  uri: '/api/v1/pods?x=\u0000',
  userAgent: 'a'.repeat(2000),
  sourceIps: ['192.0.2.1'],
  user: { name: 'eve\u0000', groups: [] },
  attributes: {
    ...{ isResourceRequest: true, verb: 'create', group: '', version: 'v1', resource: 'pods' },
    ...{ subresource: '', namespace: 'ns', name: '', path: '/' },
  },
  received: 0,
};

const made = async (about = subject): Promise<AuditEvent> => {
  const caught: AuditEvent[] = [];
  const sink: AuditSink = {
    accept: (event) => {
      caught.push(event);
      return undefined;
    },
    close: async () => undefined,
  };
  const auditor = new Auditor(compilePolicy({ rules: [{ level: 'Request' }] }), [sink]);
  const trail = auditor.begin(about);
  await trail?.keeping(async () => Buffer.from(`{"x":"${'y'.repeat(1000)}"}`), 'application/json')();
  trail?.answered({ status: 201, headers: {}, body: Buffer.alloc(0) });
  const [, last] = caught;
  if (last === undefined) throw new Error('no event');
  return last;
};

describe('sinks', () => {
  let folder: string;
  const lost: number[] = [];
  const options = (over: Partial<FileLogOptions>): FileLogOptions => ({
    ...{ path: join(folder, 'audit.log'), format: 'json', mode: 'blocking' },
    ...{ maxSize: 0, maxAge: 0, maxBackups: 1, bufferSize: 10 },
    onLost: (count) => lost.push(count),
    ...over,
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-audit-'));
    lost.splice(0);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes lines to a file, at once or in batches', async () => {
    const event = await made();
    for (const mode of ['blocking', 'batch'] as const) {
      const log = createFileLog(options({ mode, path: join(folder, mode) }));
      log.accept(event);
      log.accept(event);
      await log.close();
      const lines = (await readFile(join(folder, mode), 'utf8')).trimEnd().split('\n');
      expect(lines).toEqual([event.json, event.json]);
    }
  });

  it('begins a new file when one is full', async () => {
    const event = await made();
    const log = createFileLog(options({ maxSize: (event.json.length * 1.5) / 1024 / 1024 }));
    for (let index = 0; index < 3; index++) log.accept(event);
    await log.close();
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThanOrEqual(2);
    expect(await readFile(join(folder, 'audit.log'), 'utf8')).toBe(`${event.json}\n`);
  });

  it('compresses what a process left that ended while it did', async () => {
    const left = 'audit-2020-01-31T08-00-00.000.log';
    await writeFile(join(folder, left), 'old\n');
    await writeFile(join(folder, `${left}.gz.partial`), 'half');
    const event = await made();
    const log = createFileLog(
      options({ compress: true, maxBackups: 0, maxSize: (event.json.length * 1.5) / 1024 / 1024 }),
    );
    for (let index = 0; index < 2; index++) log.accept(event);
    await log.close();
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([`${left}.gz`, expect.stringMatching(/^audit-2\d{3}-.*\.log\.gz$/), 'audit.log']);
    expect(gunzipSync(await readFile(join(folder, `${left}.gz`))).toString()).toBe('old\n');
  });

  it('compresses old files when asked to, and counts them among the old ones', async () => {
    const oldest = 'audit-2020-01-31T08-00-00.000.log.gz';
    await writeFile(join(folder, oldest), '');
    for (const left of ['', '.gz.partial'])
      await writeFile(join(folder, `audit-2020-01-31T07-00-00.000.log${left}`), '');
    const event = await made();
    const log = createFileLog(options({ compress: true, maxSize: (event.json.length * 1.5) / 1024 / 1024 }));
    for (let index = 0; index < 2; index++) log.accept(event);
    await log.close();
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([expect.stringMatching(/^audit-2\d{3}-.*\.log\.gz$/), 'audit.log']);
    expect(names).not.toContain(oldest);
    const packed = await readFile(join(folder, names[0] ?? ''));
    expect(gunzipSync(packed).toString()).toBe(`${event.json}\n`);
  });

  it('puts no more into a batch than it may hold', async () => {
    const batches: number[] = [];
    const queue = new BatchQueue<string>({
      options: { bufferSize: 10, maxBatchSize: 4, maxBatchWaitMs: 3_600_000, maxBatchBytes: 5 },
      async write(batch) {
        batches.push(batch.length);
      },
      sizeOf: (line) => line.length,
      onLost: (count) => lost.push(count),
    });
    for (const line of ['ab', 'cd', 'ef', 'ghijklmn']) queue.push(line);
    await queue.close();
    expect(batches).toEqual([2, 1, 1]);
  });

  it('removes old files of its own, and no other that is called alike', async () => {
    const [other, oldest] = ['audit-policy.log', 'audit-2020-01-31T08-00-00.000.log'];
    for (const name of [other, oldest]) await writeFile(join(folder, name), '');
    const event = await made();
    const log = createFileLog(options({ maxSize: event.json.length / 1024 / 1024 }));
    for (let index = 0; index < 2; index++) log.accept(event);
    await log.close();
    await vi.waitFor(async () => expect(await readdir(folder)).not.toContain(oldest));
    expect(await readdir(folder)).toContain(other);
  });

  it('does not end the process when a sink that one must wait for fails, and nobody waits', async () => {
    const trail = new AuditTrail(
      subject,
      { level: 'Metadata', omit: new Set(), omitManagedFields: false },
      () => Promise.reject(new Error('no room')),
    );
    trail.refused(unauthorized().status);
    // An unhandled rejection would fail the test run.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(trail.pending).rejects.toThrow('no room');
  });

  it('lets a batch go when its turn has come, whatever was to come later', async () => {
    const written: number[][] = [];
    const done = Promise.withResolvers<void>();
    const queue = new BatchQueue<number>({
      options: {
        ...{ bufferSize: 10, maxBatchSize: 2, maxBatchWaitMs: 3_600_000 },
        throttle: { qps: 1_000, burst: 1 },
      },
      async write(batch) {
        written.push([...batch]);
        if (written.length === 2) done.resolve();
      },
      sizeOf: () => 1,
      onLost: (count) => lost.push(count),
    });
    for (const item of [1, 2, 3, 4]) queue.push(item);
    await done.promise;
    expect(written).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('drops the objects of an event that is too long, or all of it', async () => {
    const event = await made();
    const short = event.within(event.json.length - 1) ?? '';
    expect(JSON.parse(short)).toMatchObject({ annotations: { 'audit.k8s.io/truncated': 'true' } });
    expect(short).not.toContain('requestObject');
    expect(event.within(10)).toBeUndefined();
  });

  it('speaks the legacy format', async () => {
    expect((await made()).legacyLine).toMatch(
      /^1970-01-01T00:00:00.000Z AUDIT: id="id-1" stage="ResponseComplete" ip="192.0.2.1" method="create" user="eve\\u0000" groups="<none>" as="<self>" asgroups="<lookup>" user-agent="a{1024}...TRUNCATED" namespace="ns" uri=".*" response="201"$/,
    );
  });

  it('gives the database texts that it can hold', async () => {
    const rows: AuditRow[] = [];
    const sink = createAuditDatabase({
      insert: async (batch) => void rows.push(...batch),
      onLost: (count) => lost.push(count),
    });
    sink.accept(await made());
    await sink.close();
    expect(rows).toMatchObject([{ username: 'eve', namespace: 'ns', code: 201, resource: 'pods' }]);
    expect(JSON.parse(rows[0]?.event ?? '')).toMatchObject({ requestURI: '/api/v1/pods?x=' });
  });

  it('counts long URIs in what it holds for the database', async () => {
    const rows: AuditRow[] = [];
    const sink = createAuditDatabase({
      insert: async (batch) => void rows.push(...batch),
      onLost: (count) => lost.push(count),
    });
    const event = await made({ ...subject, uri: 'x'.repeat(16 * 1024 * 1024) });
    // Three fit into 64 MiB, and are too long for a row.
    for (let index = 0; index < 4; index++) sink.accept(event);
    await sink.close();
    expect([lost, rows]).toEqual([[1], []]);
  });

  it('holds a bounded size too, and cuts batches by it', async () => {
    const megabytes = 1024 * 1024;
    const written: number[][] = [];
    const queue = new BatchQueue<number>({
      options: { bufferSize: 1_000, maxBatchSize: 1_000, maxBatchWaitMs: 60_000 },
      async write(batch) {
        written.push([...batch]);
      },
      sizeOf: (item) => item * megabytes,
      onLost: (count) => lost.push(count),
    });
    expect([5, 5, 9, 1, 1, 40, 4].map((item) => queue.push(item))).toEqual([
      ...[true, true, true, true, true, true],
      false,
    ]);
    await queue.close();
    expect(written).toEqual([[5], [5], [9], [1, 1], [40]]);
    expect(lost).toEqual([1]);
  });

  it('holds a bounded number, and counts what it loses', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const written: number[][] = [];
    const queue = new BatchQueue<number>({
      options: { bufferSize: 3, maxBatchSize: 2, maxBatchWaitMs: 1 },
      async write(batch) {
        await gate;
        written.push([...batch]);
      },
      sizeOf: () => 1,
      onLost: (count) => lost.push(count),
    });
    expect([1, 2, 3, 4, 5, 6].map((item) => queue.push(item))).toEqual([
      ...[true, true, true, true, true],
      false,
    ]);
    release();
    await queue.close();
    expect(written).toEqual([[1, 2], [3, 4], [5]]);
    expect(lost).toEqual([1]);
  });
});
