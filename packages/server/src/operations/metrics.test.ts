import { afterEach, describe, expect, it } from 'vitest';
import { serve, WIDGETS, widget, widgetDefinition } from '../crd/testing/definitions.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { WatchClient } from '../testing/watch-client.ts';

let running: TestServer | undefined;
afterEach(() => running?.close());

/** Of the one sample that begins so; 0 when there is none. */
function valueAt(text: string, start: string): number {
  const [line = '0', ...more] = text.split('\n').filter((one) => one.startsWith(start));
  expect(more).toEqual([]);
  return Number(line.slice(line.lastIndexOf(' ') + 1));
}

describe('/metrics', () => {
  it('counts requests under the original names and labels', async () => {
    const test = await startTestServer();
    running = test;
    const text = async (): Promise<string> => (await test.call('GET', '/metrics')).raw.body.toString();
    const path = '/api/v1/namespaces/default/configmaps';
    // Counts are the process's: other tests of this one have theirs in them.
    const before = await text();
    await test.call('POST', path, { body: { metadata: { name: 'metrics-a' } } });
    await test.call('POST', `${path}?dryRun=All`, { body: { metadata: { name: 'metrics-b' } } });
    await test.call('GET', `${path}/metrics-a`, {
      headers: { 'user-agent': 'kube-scheduler/v1.36.0 (linux/amd64)' },
    });
    await test.call('GET', path);
    await test.call('PATCH', `${path}/metrics-a?fieldManager=x`, {
      headers: { 'content-type': 'application/apply-patch+yaml' },
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'metrics-a' } },
    });
    await test.call('GET', '/apis/nobody.example.com/v1/secretsauce');
    const all = await text();
    const labels = 'group="",version="v1",resource="configmaps",subresource=""';
    const total = (verb: string, scope: string, code: string, dry = '', client = ''): string =>
      `apiserver_request_total{verb="${verb}",dry_run="${dry}",${labels},scope="${scope}",component="apiserver",code="${code}",system_client="${client}"} `;
    const added = (start: string): number => valueAt(all, start) - valueAt(before, start);
    expect(added(total('POST', 'resource', '201'))).toBe(1);
    expect(added(total('POST', 'resource', '201', 'All'))).toBe(1);
    expect(added(total('GET', 'resource', '200', '', 'kube-scheduler'))).toBe(1);
    expect(added(total('LIST', 'namespace', '200'))).toBe(1);
    expect(added(total('APPLY', 'resource', '200'))).toBe(1);
    const listed = `${labels},scope="namespace",component="apiserver"} `;
    expect(added(`apiserver_request_duration_seconds_count{verb="LIST",dry_run="",${listed}`)).toBe(1);
    for (const name of ['request_sli_duration_seconds_count', 'response_sizes_count'])
      expect(added(`apiserver_${name}{verb="LIST",${listed}`)).toBe(1);
    const writes = 'etcd_request_duration_seconds_count{operation="create",group="",resource="configmaps"} ';
    expect(added(writes)).toBe(1);
    expect(added('apiserver_storage_events_received_total{group="",resource="configmaps"} ')).toBeGreaterThan(
      0,
    );
    expect(valueAt(all, 'apiserver_storage_size_bytes{storage_cluster_id="postgres"} ')).toBeGreaterThan(0);
    expect(valueAt(all, 'apiserver_resource_objects{group="",resource="configmaps"} ')).toBe(1);
    expect(all).not.toContain('secretsauce');
  });

  it('measures rules of custom resources and watches that list, and counts what it shows', async () => {
    const test = await startTestServer({}, undefined, {
      disabledMetrics: ['apiserver_tls_handshake_errors_total'],
    });
    running = test;
    const text = async (): Promise<string> => (await test.call('GET', '/metrics')).raw.body.toString();
    const before = await text();
    const rule = { rule: 'self.a > 1' };
    const spec = {
      type: 'object',
      properties: { a: { type: 'integer' } },
      'x-kubernetes-validations': [rule],
    };
    await serve(test, {
      ...widgetDefinition({}),
      spec: {
        ...widgetDefinition({}).spec,
        versions: [
          {
            ...{ name: 'v1', served: true, storage: true },
            schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
          },
        ],
      },
    } as ReturnType<typeof widgetDefinition>);
    const made = await test.call('POST', WIDGETS, { body: widget('a', { spec: { a: 2 } }) });
    expect(made.status).toBe(201);
    const query = 'watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan';
    const watch = new WatchClient((await test.call('GET', `${WIDGETS}?${query}`)).raw);
    await watch.until(2);
    watch.stop();
    const all = await text();
    const added = (series: string): number => valueAt(all, `${series} `) - valueAt(before, `${series} `);
    expect(added('apiserver_cel_compilation_duration_seconds_count')).toBeGreaterThan(0);
    expect(added('apiserver_cel_evaluation_duration_seconds_count')).toBeGreaterThan(0);
    const labels = 'group="example.com",version="v1",resource="widgets",scope="namespace"';
    expect(added(`apiserver_watch_list_duration_seconds_count{${labels}}`)).toBe(1);
    const registered = 'registered_metrics_total{deprecated_version="",stability_level="STABLE"} ';
    expect(valueAt(all, registered)).toBeGreaterThan(9);
    expect(valueAt(all, 'disabled_metrics_total ')).toBe(1);
    expect(all).toContain('# HELP apiserver_request_total [STABLE] Counter of apiserver requests');
    expect(all).not.toContain('apiserver_tls_handshake_errors_total');
  });

  it('names nothing twice', async () => {
    running = await startTestServer();
    const { raw } = await running.call('GET', '/metrics');
    const names = [...raw.body.toString().matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(50);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('health', () => {
  it('tells checks by name, leaves out those that are excluded, and warns of unknown ones', async () => {
    const test = await startTestServer();
    running = test;
    const ask = async (path: string) => {
      const { raw } = await test.call('GET', path);
      return { status: raw.status, text: raw.body.toString() };
    };
    const early = await ask('/readyz?exclude=ping');
    expect(early.status).toBe(500);
    expect(early.text).toMatch(/^\[\+\]ping excluded: ok\n\[\+\]log ok\n\[\+\]etcd ok\n/);
    expect(early.text).toContain('[-]poststarthook/rbac/bootstrap-roles failed: reason withheld\n');
    expect(early.text).toMatch(/\nreadyz check failed\n$/);
    expect(await ask('/readyz/poststarthook/rbac/bootstrap-roles')).toEqual({
      status: 500,
      text: 'internal server error: not finished\n',
    });
    test.server.markReady();
    expect(await ask('/readyz')).toEqual({ status: 200, text: 'ok' });
    expect((await ask('/livez?verbose&exclude=nope')).text).toContain(
      'warn: some health checks cannot be excluded: no matches for "nope"\nlivez check passed\n',
    );
    expect((await ask('/readyz/nope')).status).toBe(404);
    expect((await ask('/metrics/slis')).text).toContain(
      'kubernetes_healthcheck{name="etcd",type="readyz"} 1\n',
    );
  });
});
