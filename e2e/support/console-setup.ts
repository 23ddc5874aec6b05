import { randomBytes } from 'node:crypto';
import { type Status, startGantry } from './gantry.ts';

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

/** Starts one Gantry for all specs, with a real node where that is possible; ends and removes it afterwards. */
const setup = async (): Promise<() => Promise<void>> => {
  const gantry = await startGantry();
  const adminPassword = await chooseOwnPassword(gantry.status);
  const status: Status = { ...gantry.status, adminPassword };
  process.env.GANTRY_E2E = JSON.stringify({ data: gantry.data, status });
  return () => gantry.purge();
};

export { setup as default };
