import { expect, it } from 'vitest';
import { admin, FakeServer, failure } from './testing/fake-server.ts';

const USERS = '/apis/users.gantry.dev/v1alpha1/localusers';
const eve = {
  metadata: { name: 'eve', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { groups: ['dev'], disabled: false },
  status: { passwordIsInitial: true, initialPassword: 'first' },
};

it('manages local users by the API, as the user who is signed in', async () => {
  const server = new FakeServer()
    .on(`GET ${USERS}`, { status: 200, body: { items: [eve] } })
    .on(`POST ${USERS}`, { status: 201, body: eve })
    .on(`PATCH ${USERS}/eve`, { status: 200, body: eve })
    .on(`POST ${USERS}/eve/password`, { status: 201, body: eve })
    .on(`DELETE ${USERS}/eve`, { status: 200, body: eve });
  const { users } = server.as(admin);
  expect(await users.list()).toMatchObject([{ name: 'eve', groups: ['dev'], lastSeenAt: '' }]);
  expect(await users.create({ name: 'eve', groups: ['dev'] })).toEqual({ password: 'first' });
  await users.update({ name: 'eve', disabled: true });
  expect(await users.resetPassword({ name: 'eve' })).toEqual({ password: 'first' });
  await users.delete({ name: 'eve' });
  expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
    ['GET', undefined],
    ['POST', { metadata: { name: 'eve' }, spec: { groups: ['dev'] } }],
    ['PATCH', { spec: { disabled: true } }],
    ['POST', {}],
    ['DELETE', undefined],
  ]);
});

it('tells why it is refused', async () => {
  const denied = failure(403, 'Forbidden', 'lacks the verb impersonate on the group "admins"');
  const server = new FakeServer().on(`POST ${USERS}`, { status: 403, body: denied });
  await expect(server.as(admin).users.create({ name: 'eve', groups: ['admins'] })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: denied.message,
  });
});
