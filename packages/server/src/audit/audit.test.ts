import { unauthorized } from '@gantry/machinery/status';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Loose, startTestServer, type TestServer } from '../testing/test-server.ts';
import { Auditor } from './auditor.ts';
import { compilePolicy, parsePolicy } from './policy.ts';
import type { AuditSink } from './sink.ts';

const POLICY = `
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: None, verbs: [get], resources: [{group: "", resources: [configmaps]}]}
- {level: RequestResponse, omitManagedFields: true, resources: [{group: "", resources: [configmaps]}]}
- {level: RequestResponse, resources: [{group: "", resources: [services]}]}
- {level: None, nonResourceURLs: ["/healthz*"]}
- {level: Metadata, resources: [{group: "", resources: ["pods/log"]}]}
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

  it('records what a client sent as it was understood: with its defaults, and not at all when it was not', async () => {
    const path = '/api/v1/namespaces/default/services';
    const spec = { clusterIP: 'None', ports: [{ port: 80 }] };
    await test.call('POST', path, { body: { metadata: { name: 'svc' }, spec } });
    await test.call('POST', path, { body: { kind: 'Pod', apiVersion: 'v1', metadata: { name: 'p' } } });
    expect(events[0]?.requestObject).toMatchObject({ spec: { type: 'ClusterIP', sessionAffinity: 'None' } });
    expect(events[1]?.responseStatus).toMatchObject({ code: 400 });
    expect(events[1]).not.toHaveProperty('requestObject');
    expect(events[1]?.objectRef).not.toHaveProperty('name');
    const gone = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'gone' } };
    await test.call('PUT', '/api/v1/namespaces/default/configmaps/gone', { body: gone });
    expect(events[2]).toMatchObject({ responseStatus: { code: 404 }, requestObject: gone });
  });

  it('tells of the headers and the end of what may take long, though it failed at once', async () => {
    await test.call('GET', '/api/v1/namespaces/default/pods/none/log');
    expect(events.map(({ stage }) => stage)).toEqual(['ResponseStarted', 'ResponseComplete']);
    expect(events[0]?.responseStatus).toMatchObject({ code: 404, reason: 'NotFound' });
  });

  it('tells a caller whose credential is wrong by the answer', () => {
    const auditor = new Auditor(compilePolicy({ rules: [{ level: 'RequestResponse' }] }), [capture]);
    auditor.refused(
      {
        ...{ auditId: 'a', uri: '/api', userAgent: '', sourceIps: [], user: undefined, received: 0 },
        attributes: {
          ...{ isResourceRequest: false, verb: 'get', group: '', version: '', resource: '' },
          ...{ subresource: '', namespace: '', name: '', path: '/api' },
        },
      },
      unauthorized().status,
    );
    expect(events.map(({ stage }) => stage)).toEqual(['RequestReceived', 'ResponseStarted']);
    const told = { status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 };
    expect(events[1]).toMatchObject({ responseStatus: told, responseObject: { kind: 'Status', ...told } });
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
