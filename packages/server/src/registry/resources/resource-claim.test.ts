import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
  await test.call('POST', '/api/v1/namespaces', {
    body: { metadata: { name: 'admins', labels: { 'resource.kubernetes.io/admin-access': 'true' } } },
  });
});
afterAll(() => test.close());

const base = '/apis/resource.k8s.io/v1/namespaces';
const exactly = (adminAccess: boolean) => ({
  deviceClassName: 'gpu',
  ...(adminAccess ? { adminAccess } : {}),
});
const devices = (...admin: boolean[]) => ({
  devices: { requests: admin.map((one, index) => ({ name: `r${index}`, exactly: exactly(one) })) },
});
const refusal =
  'admin access to devices requires the `resource.kubernetes.io/admin-access: true` label on the containing namespace';

it('a claim and a template ask for admin access only in a namespace that is marked for it', async () => {
  const spec = devices(false, true);
  for (const [plural, body] of [
    ['resourceclaims', { metadata: { name: 'a' }, spec }],
    ['resourceclaimtemplates', { metadata: { name: 'a' }, spec: { spec } }],
  ] as const) {
    const refused = await test.call('POST', `${base}/default/${plural}`, { body });
    expect([refused.status, refused.body.details?.causes?.[0]]).toEqual([
      422,
      {
        reason: 'FieldValueForbidden',
        message: `Forbidden: ${refusal}`,
        field: 'spec.devices.requests[1].adminAccess',
      },
    ]);
    expect((await test.call('POST', `${base}/admins/${plural}`, { body })).status).toBe(201);
  }
});

it('a claim is given admin access only there', async () => {
  const give = async (namespace: string) => {
    const claims = `${base}/${namespace}/resourceclaims`;
    await test.call('POST', claims, { body: { metadata: { name: 'b' }, spec: devices(false) } });
    return test.call('PATCH', `${claims}/b/status`, {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: {
        status: {
          allocation: {
            devices: {
              results: [
                { request: 'r0', driver: 'gpu.example.com', pool: 'p', device: 'd', adminAccess: true },
              ],
            },
          },
        },
      },
    });
  };
  const refused = await give('default');
  expect(refused.body.message).toContain(
    `status.allocation.devices.results[0].adminAccess: Forbidden: ${refusal}`,
  );
  expect(JSON.stringify((await give('admins')).body)).not.toContain(refusal);
});
