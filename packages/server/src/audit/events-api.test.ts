import type { AuditQuery } from '@gantry/store/audit-port';
import { describe, expect, it } from 'vitest';
import { statusOf } from '../auth/testing/fakes.ts';
import { parseRequest } from '../http/path.ts';
import { admin } from '../testing/test-server.ts';
import { auditEventsHandler } from './events-api.ts';

const EVENTS = '/apis/audit.gantry.dev/v1alpha1/events';

/** The handler over a table that has two events, and what the table is asked for. */
function setUp() {
  const asked: AuditQuery[] = [];
  const handler = auditEventsHandler({
    async find(query) {
      asked.push(query);
      return { events: ['{"auditID":"b"}', '{"auditID":"a"}'], next: { time: 5, id: '7' } };
    },
  });
  const ask = async (search: string, path = EVENTS) => {
    const query = new URLSearchParams(search);
    const body = () => Promise.resolve(Buffer.alloc(0));
    const request = { method: 'GET', path, query, headers: {}, user: admin, body };
    return handler({ ...request, ...parseRequest('GET', path, query) });
  };
  return { asked, ask };
}

describe('the audit events API', () => {
  it('asks the table for what the query says, and goes on where a page ended', async () => {
    const { asked, ask } = setUp();
    const answer = await ask(
      'user=eve&code=403&since=2026-01-31T08:00:00Z&until=2026-02-01T00:00:00%2B01:00',
    );
    const list = JSON.parse(String(answer?.body)) as { metadata: { continue: string } };
    expect(list).toMatchObject({
      kind: 'EventList',
      apiVersion: 'audit.k8s.io/v1',
      items: [{ auditID: 'b' }, { auditID: 'a' }],
    });
    await ask(
      `limit=2&continue=${list.metadata.continue}`,
      EVENTS.replace('/events', '/namespaces/ns/events'),
    );
    const [since, until] = [Date.UTC(2026, 0, 31, 8), Date.UTC(2026, 0, 31, 23)];
    expect(asked).toEqual([
      { username: 'eve', code: 403, since, until, limit: 100 },
      { namespace: 'ns', after: { time: 5, id: '7' }, limit: 2 },
    ]);
  });

  it.each([
    ['since', '+012026-01-01T00:00:00Z'],
    ['since', '-000001-01-01T00:00:00Z'],
    ['since', '0000-01-01T00:00:00Z'],
    ['since', '0001-01-01T00:00:00+00:01'],
    ['since', '2026-02-30T00:00:00Z'],
    ['until', 'yesterday'],
  ])('refuses a time that nothing can have happened at: %s=%s', async (key, time) => {
    const { asked, ask } = setUp();
    expect(await statusOf(ask(`${key}=${encodeURIComponent(time)}`))).toMatchObject({
      code: 400,
      message: `${key} must be a time such as 2026-01-31T08:00:00Z`,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['limit=0', 'limit must be a whole number from 1 to 1000'],
    ['limit=1001', 'limit must be a whole number from 1 to 1000'],
    ['code=1e2', 'code must be a whole number from 0 to 999'],
    ['continue=bm9uZQ', 'continue key is not valid'],
  ])('refuses %s', async (search, message) => {
    const { asked, ask } = setUp();
    expect(await statusOf(ask(search))).toMatchObject({ code: 400, message });
    expect(asked).toEqual([]);
  });
});
