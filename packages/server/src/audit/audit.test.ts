import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';
import { Auditor } from './auditor.ts';
import { BatchQueue } from './batch-queue.ts';
import { type AuditRow, createAuditDatabase } from './database.ts';
import type { AuditEvent } from './event.ts';
import { createFileLog, type FileLogOptions } from './file-log.ts';
import { compilePolicy, parsePolicy } from './policy.ts';
import type { AuditSink } from './sink.ts';

const POLICY = `
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: None, verbs: [get], resources: [{group: "", resources: [configmaps]}]}
- {level: RequestResponse, omitManagedFields: true, resources: [{group: "", resources: [configmaps]}]}
- {level: None, nonResourceURLs: ["/healthz*"]}
- {level: Metadata, omitStages: [ResponseStarted]}
`;

const events: Loose[] = [];
const capture: AuditSink = {
  accept(event) {
    events.push(JSON.parse(event.json) as Loose);
    return undefined;
  },
  close: async () => undefined,
};
let test: TestServer;
beforeAll(async () => {
  test = await startTestServer({ auditor: new Auditor(compilePolicy(parsePolicy(POLICY)), [capture]) });
});
afterAll(() => test.close());
beforeEach(() => events.splice(0));

describe('audit', () => {
  it('records a request at the level of its rule', async () => {
    const body = { metadata: { name: 'a' }, data: { x: '1' } };
    await test.call('POST', '/api/v1/namespaces/default/configmaps', { body });
    const [event, ...more] = events;
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'RequestResponse',
      stage: 'ResponseComplete',
      requestURI: '/api/v1/namespaces/default/configmaps',
      verb: 'create',
      user: { username: 'admin', groups: ['system:masters', 'system:authenticated'] },
      objectRef: { resource: 'configmaps', namespace: 'default', name: 'a', apiVersion: 'v1' },
      responseStatus: { metadata: {}, code: 201 },
      requestObject: { data: { x: '1' } },
      responseObject: { kind: 'ConfigMap', data: { x: '1' } },
      annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
    });
    expect(event?.responseObject?.metadata).not.toHaveProperty('managedFields');
    expect(event?.requestReceivedTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });

  it('leaves out what the policy leaves out', async () => {
    await test.call('GET', '/api/v1/namespaces/default/configmaps/a');
    await test.call('GET', '/healthz/ping');
    expect(events).toEqual([]);
  });

  it('tells of a failure by its Status, and of a deletion', async () => {
    await test.call('GET', '/api/v1/namespaces/default/secrets/none');
    await test.call('POST', '/api/v1/namespaces/default/secrets', { body: { metadata: { name: 's' } } });
    await test.call('DELETE', '/api/v1/namespaces/default/secrets/s');
    expect(events.map(({ responseStatus }) => responseStatus)).toEqual([
      {
        metadata: {},
        status: 'Failure',
        message: 'secrets "none" not found',
        reason: 'NotFound',
        details: { name: 'none', kind: 'secrets' },
        code: 404,
      },
      { metadata: {}, code: 201 },
      expect.objectContaining({ status: 'Success', code: 200, details: expect.anything() }),
    ]);
    expect(events[0]).not.toHaveProperty('requestObject');
  });

  it('refuses a policy that says nothing or the wrong thing', () => {
    const policy = (rules: string) => `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: ${rules}`;
    for (const [text, message] of [
      ['kind: Policy', 'unknown group version field'],
      [policy('[]'), 'loaded illegal policy with 0 rules'],
      [policy('[{}]'), 'rules[0].level: Required value'],
      [policy('[{level: All}]'), 'rules[0].level: Unsupported value: "All"'],
      [
        policy('[{level: None, nonResourceURLs: [healthz], namespaces: [a]}]'),
        "non-resource URL rules must begin with a '/' character",
      ],
      [policy('[{level: None, omitStages: [Never]}]'), 'allowed stages are RequestReceived,'],
    ] as const)
      expect(() => parsePolicy(text)).toThrow(message);
  });

  it('matches subresources, groups and namespaces as the original', () => {
    const evaluate = compilePolicy({
      rules: [
        { level: 'Metadata', resources: [{ group: '', resources: ['pods/*'] }] },
        { level: 'Request', resources: [{ group: '', resources: ['*/status'] }], namespaces: ['a', ''] },
        { level: 'RequestResponse', userGroups: ['ops'], verbs: ['delete'] },
      ],
    });
    const ask = (over: object, groups: string[] = []) =>
      evaluate(
        { name: 'u', groups },
        {
          ...{ isResourceRequest: true, verb: 'get', group: '', version: 'v1', resource: 'pods' },
          ...{ subresource: '', namespace: 'a', name: '', path: '/', ...over },
        },
      )?.level;
    expect(ask({ subresource: 'log' })).toBe('Metadata');
    expect(ask({})).toBe('Metadata');
    expect(ask({ resource: 'nodes', subresource: 'status', namespace: '' })).toBe('Request');
    expect(ask({ resource: 'nodes', subresource: 'status', namespace: 'b' })).toBeUndefined();
    expect(ask({ resource: 'nodes', verb: 'delete' }, ['ops'])).toBe('RequestResponse');
  });
});

const made = async (): Promise<AuditEvent> => {
  const caught: AuditEvent[] = [];
  const sink: AuditSink = {
    accept: (event) => {
      caught.push(event);
      return undefined;
    },
    close: async () => undefined,
  };
  const auditor = new Auditor(compilePolicy({ rules: [{ level: 'Request' }] }), [sink]);
  const trail = auditor.begin({
    ...{
      auditId: 'id-1',
      uri: '/api/v1/pods?x=\u0000',
      userAgent: 'a'.repeat(2000),
      sourceIps: ['192.0.2.1'],
    },
    user: { name: 'eve\u0000', groups: [] },
    attributes: {
      ...{ isResourceRequest: true, verb: 'create', group: '', version: 'v1', resource: 'pods' },
      ...{ subresource: '', namespace: 'ns', name: '', path: '/' },
    },
    received: 0,
  });
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
