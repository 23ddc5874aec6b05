import type { StatusReport } from '../client-socket.ts';
import type { Progress } from '../supervisor/supervisor.ts';

/** Set for a supervisor in the background: whoever started it greets. */
export const DETACHED = 'GANTRY_DETACHED';

/** One line a step: rewritten in place on a terminal, appended elsewhere. */
export function printProgress(): Progress {
  const running = new Set<string>();
  const terminal = process.stdout.isTTY;
  const clear = terminal ? '\r\x1b[K' : '';
  return (step, state, detail) => {
    if (state === 'running') running.add(step);
    else running.delete(step);
    if (state === 'done') process.stdout.write(`${clear}✓ ${step} ${detail ?? ''}\n`);
    if (state === 'failed') process.stdout.write(`${clear}✗ ${step}\n`);
    if (terminal && running.size > 0) process.stdout.write(`${clear}… ${[...running].join(', ')}`);
  };
}

/** What a user needs next: addresses, first sign-in, three lines to try. */
export function welcomeText(status: StatusReport): string {
  const { adminUser, adminPassword, consoleUrl, gitUrl, kubeconfig, simulatedBecause } = status;
  const sign =
    adminPassword === undefined ? `user ${adminUser}` : `user ${adminUser}, first password ${adminPassword}`;
  const push = `git init -qb main && git add . && git commit -qm first && git push ${gitUrl.replace('NAME', 'guestbook')} main`;
  return [
    '',
    ...(simulatedBecause === undefined
      ? []
      : [`No real containers here (${simulatedBecause}): simulated nodes run instead.`, '']),
    `Console     ${consoleUrl}   ${sign}`,
    `kubeconfig  ${kubeconfig}`,
    `Git remote  ${gitUrl}   (NAME is yours to choose)`,
    '',
    'Try:',
    `  export KUBECONFIG=${shellWord(kubeconfig)}; kubectl get nodes -o wide`,
    `  cp -r ${shellWord(DEMO)} /tmp/guestbook && cd /tmp/guestbook && ${push}`,
    '  kubectl -n guestbook get pods,services',
    '',
    '',
  ].join('\n');
}

const DEMO = new URL('../../../../manifests/demo', import.meta.url).pathname;

/** Quoted where a shell would split it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
