import { afterEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const base = '/apis/flowcontrol.apiserver.k8s.io/v1';
let running: TestServer | undefined;
afterEach(() => running?.close());

async function start(): Promise<TestServer> {
  running = await startTestServer();
  await running.server.start();
  return running;
}

/** Until the server has followed its own objects. */
async function settled(server: TestServer, path: string, want: (body: unknown) => boolean): Promise<unknown> {
  for (;;) {
    const { body } = await server.call('GET', path);
    if (want(body)) return body;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const danglingOf = (body: unknown): string | undefined =>
  (body as { status?: { conditions?: { status: string }[] } }).status?.conditions?.[0]?.status;

describe('flow control objects', () => {
  it('are made at the start, and say that their levels exist', async () => {
    const server = await start();
    const levels = await server.call('GET', `${base}/prioritylevelconfigurations`);
    const names = (levels.body as unknown as { items: { metadata: { name: string } }[] }).items.map(
      ({ metadata }) => metadata.name,
    );
    expect(names).toEqual([
      ...['catch-all', 'exempt', 'global-default', 'leader-election'],
      ...['node-high', 'system', 'workload-high', 'workload-low'],
    ]);
    const schema = await settled(
      server,
      `${base}/flowschemas/global-default`,
      (body) => danglingOf(body) !== undefined,
    );
    expect(schema).toMatchObject({
      metadata: { annotations: { 'apf.kubernetes.io/autoupdate-spec': 'true' } },
      status: {
        conditions: [
          {
            type: 'Dangling',
            status: 'False',
            reason: 'Found',
            message:
              'This FlowSchema references the PriorityLevelConfiguration object named "global-default" and it exists',
          },
        ],
      },
    });
    const { managedFields } = (schema as { metadata: { managedFields: { manager: string }[] } }).metadata;
    expect(managedFields.map(({ manager }) => manager)).toEqual([
      'api-priority-and-fairness-config-consumer-v1',
      'api-priority-and-fairness-config-producer-v1',
    ]);
  });

  it('say it when a level is missing, and when it comes', async () => {
    const server = await start();
    const created = await server.call('POST', `${base}/flowschemas`, {
      body: {
        metadata: { name: 'mine' },
        spec: { priorityLevelConfiguration: { name: 'nowhere' }, matchingPrecedence: 50, rules: [] },
      },
    });
    expect(created.status).toBe(201);
    const path = `${base}/flowschemas/mine`;
    await settled(server, path, (body) => danglingOf(body) === 'True');
    await server.call('POST', `${base}/prioritylevelconfigurations`, {
      body: {
        metadata: { name: 'nowhere' },
        spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } },
      },
    });
    await settled(server, path, (body) => danglingOf(body) === 'False');
  });

  it('shows what waits and runs', async () => {
    const server = await start();
    const { raw } = await server.call('GET', '/debug/api_priority_and_fairness/dump_priority_levels');
    const [header, ...rows] = raw.body.toString().trimEnd().split('\n');
    expect(header).toMatch(/^PriorityLevelName, +ActiveQueues, +IsIdle, /);
    expect(rows).toHaveLength(8);
    const requests = await server.call(
      'GET',
      '/debug/api_priority_and_fairness/dump_requests?includeRequestDetails=1',
    );
    expect(requests.raw.body.toString()).toContain('dump_requests');
    expect((await server.call('GET', '/metrics')).raw.body.toString()).toContain(
      'apiserver_flowcontrol_nominal_limit_seats{priority_level="global-default"} 49',
    );
  });

  it('names flow schema and priority level by their UIDs', async () => {
    const server = await start();
    const { headers } = await server.call('GET', '/api/v1/namespaces/default');
    const schema = await server.call('GET', `${base}/flowschemas/exempt`);
    expect(headers['x-kubernetes-pf-flowschema-uid']).toBe(schema.body.metadata?.uid);
    expect(headers['x-kubernetes-pf-prioritylevel-uid']).toMatch(/^[\w-]{36}$/);
  });
});
