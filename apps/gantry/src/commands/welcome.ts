import type { StatusReport } from '../client-socket.ts';
import type { Progress } from '../supervisor/supervisor.ts';

/** One line a step: rewritten in place on a terminal, appended elsewhere. */
export function printProgress(): Progress {
  const running = new Set<string>();
  const terminal = process.stdout.isTTY;
  return (step, state, detail) => {
    if (state === 'running') {
      running.add(step);
      if (terminal) process.stdout.write(`\r\x1b[K… ${[...running].join(', ')}`);
      return;
    }
    running.delete(step);
    process.stdout.write(`${terminal ? '\r\x1b[K' : ''}✓ ${step} ${detail ?? ''}\n`);
    if (terminal && running.size > 0) process.stdout.write(`… ${[...running].join(', ')}`);
  };
}

export function printWelcome(status: StatusReport, simulatedBecause: string | undefined): void {
  const sign =
    status.adminPassword === undefined
      ? `user ${status.adminUser}`
      : `user ${status.adminUser}, password ${status.adminPassword}`;
  const lines = [
    '',
    ...(simulatedBecause === undefined
      ? []
      : [`No real containers here (${simulatedBecause}): simulated nodes run instead.`, '']),
    `Console     ${status.consoleUrl}   ${sign}`,
    `kubeconfig  ${status.kubeconfig}`,
    `Git remote  ${status.gitUrl}   (NAME is yours to choose)`,
    '',
    'Try:',
    `  export KUBECONFIG=${status.kubeconfig}; kubectl get nodes -o wide`,
    `  cp -r manifests/demo /tmp/guestbook && cd /tmp/guestbook && git init -qb main && git add . && git commit -qm first && git push ${status.gitUrl.replace('NAME', 'guestbook')} main`,
    '  kubectl -n guestbook get pods,services',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
