import { expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import { EVENT_LIFE_MS, expireEvents } from './event-expiry.ts';

it('deletes events an hour after they were last seen', async () => {
  const test = await startTestServer();
  try {
    const now = Date.now();
    const at = (age: number): string => new Date(now - age).toISOString().replace(/\.\d+Z$/, 'Z');
    const event = (name: string, age: number) =>
      test.call('POST', '/api/v1/namespaces/default/events', {
        body: {
          metadata: { name },
          involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
          lastTimestamp: at(age),
        },
      });
    await event('old', 0);
    await event('renewed', -EVENT_LIFE_MS / 2);
    expect(await expireEvents(test.server.cache, test.store, now + EVENT_LIFE_MS, EVENT_LIFE_MS * 2)).toBe(0);
    expect(await expireEvents(test.server.cache, test.store, now + EVENT_LIFE_MS + 60_000)).toBe(1);
    const { body } = await test.call('GET', '/api/v1/events');
    expect(body).toMatchObject({ items: [{ metadata: { name: 'renewed' } }] });
  } finally {
    await test.close();
  }
});
