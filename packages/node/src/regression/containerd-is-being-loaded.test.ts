import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { hasEnded } from '../containerd/launch.ts';

// A start once failed because the command line of the new process was still empty: only its end may count.
test('a process counts as ended only when it is gone', async () => {
  const child = spawn('sleep', ['60']);
  try {
    expect(await hasEnded(child.pid ?? 0)).toBe(false);
  } finally {
    child.kill();
  }
  await once(child, 'exit');
  expect(await hasEnded(child.pid ?? 0)).toBe(true);
});
