import { expect, it } from 'vitest';
import { FakeAccounts } from '../testing/fake-server.ts';
import type { OidcClient } from './oidc-client.ts';
import { createOidcRoute } from './oidc-route.ts';

/** Comes back from the issuer with a cookie that somebody else may have set; where it then goes on. */
async function endOf(next: string): Promise<string> {
  const route = createOidcRoute({
    client: { finish: async () => 'token' } as unknown as OidcClient,
    accounts: new FakeAccounts(),
    identify: async () => ({ name: 'ann', groups: [] }),
    onFailure: (error) => {
      throw error;
    },
  });
  const attempt = { state: 's', nonce: 'n', verifier: 'v', next };
  const cookie = `gantry-oidc=${Buffer.from(JSON.stringify(attempt)).toString('base64url')}`;
  let page = '';
  await route.handle(
    { method: 'GET', url: '/oidc/callback?code=c&state=s', headers: { cookie, host: 'console' } },
    { writeHead: () => undefined, end: (text: string) => (page = text) },
  );
  return /href="([^"]*)"/.exec(page)?.[1] ?? '';
}

it('goes on within this site only, whatever the cookie says', async () => {
  expect(await endOf('/pods?a=b')).toBe('/pods?a=b');
  for (const next of ['https://evil.com/', '//evil.com', '/\t/evil.com']) expect(await endOf(next)).toBe('/');
});
