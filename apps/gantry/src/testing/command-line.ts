import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fixture } from '@gantry/gitops/testing/fixture';
import { writeKubeconfig } from '@gantry/pki/kubeconfig';
import { issueClientCertificate } from '@gantry/pki/pki';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** How a command ended. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const kubeconfigOf = (fixture: Fixture, user: string): string =>
  join(fixture.cluster.data, `${user}.kubeconfig`);

/** A user of the fixture's cluster, who can run commands from then on. */
export async function addUser(fixture: Fixture, user: string, groups: readonly string[]): Promise<void> {
  const { data, server, ca } = fixture.cluster;
  const pair = await issueClientCertificate(join(data, 'pki'), {
    commonName: user,
    organizations: [...groups],
  });
  await writeKubeconfig(kubeconfigOf(fixture, user), { server, ca, user, ...pair });
}

/** Runs `gantry ARGS` as a user. */
export function runGantry(
  fixture: Fixture,
  args: readonly string[],
  { cwd = process.cwd(), user = 'boss' } = {},
): Promise<Printed> {
  const env = { ...process.env, KUBECONFIG: kubeconfigOf(fixture, user) };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { cwd, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err }),
    );
  });
}
