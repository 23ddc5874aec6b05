import { randomBytes } from 'node:crypto';
import { type Status, startGantry } from './gantry.ts';
import { canRunProvider, startOidcProvider } from './oidc-provider.ts';

/** The console takes nobody in with the first password: chooses another, as a person would. Gives the new one. */
async function chooseOwnPassword({ consoleUrl, adminUser, adminPassword = '' }: Status): Promise<string> {
  const call = async (procedure: string, input: object, cookie = ''): Promise<Response> => {
    const answer = await fetch(`${consoleUrl}/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-gantry-csrf': '1', cookie },
      body: JSON.stringify(input),
    });
    if (!answer.ok) throw new Error(`${procedure}: ${await answer.text()}`);
    return answer;
  };
  const signedIn = await call('session.signIn', { name: adminUser, password: adminPassword });
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  const newPassword = `e2e ${randomBytes(12).toString('hex')}`;
  await call('session.changePassword', { oldPassword: adminPassword, newPassword }, cookie.join('; '));
  return newPassword;
}

/**
 * Starts one Gantry for all specs, with a real node where that is possible; ends and removes it afterwards. GANTRY_E2E_UP
 * has more options of `gantry up`, such as `--nodes simulated:3` beside another node.
 */
const setup = async (): Promise<() => Promise<void>> => {
  const more = process.env.GANTRY_E2E_UP?.split(' ') ?? [];
  const provider = canRunProvider ? await startOidcProvider() : undefined;
  const flags = (provider?.flags ?? []).map((flag) => `--apiserver-flag=${flag}`);
  const gantry = await startGantry(...flags, ...more);
  const adminPassword = await chooseOwnPassword(gantry.status);
  const status: Status = { ...gantry.status, adminPassword };
  process.env.GANTRY_E2E = JSON.stringify({ data: gantry.data, status });
  return async () => {
    provider?.close();
    await gantry.purge();
  };
};

export { setup as default };
