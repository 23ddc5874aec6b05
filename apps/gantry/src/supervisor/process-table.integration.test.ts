import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endProcess, identify, isRunning } from './process-table.ts';

describe('endProcess', () => {
  const start = async (script: string): Promise<number> => {
    const child = spawn(process.execPath, ['-e', `${script}; setInterval(() => 0, 1000); console.log('up')`]);
    await once(child.stdout, 'data');
    return child.pid ?? 0;
  };

  it('ends one that listens, and one that does not', async () => {
    for (const script of ['0', "process.on('SIGTERM', () => 0)"]) {
      const id = identify(await start(script));
      if (id === undefined) throw new Error('it did not start');
      expect(await endProcess(id, { graceMs: 200 })).toBe(true);
      expect(isRunning(id)).toBe(false);
    }
  });

  it('leaves a process alone that has the pid by now', async () => {
    const pid = await start('0');
    expect(await endProcess({ pid, startTime: '1' }, { graceMs: 200 })).toBe(true);
    const id = identify(pid);
    expect(id).toBeDefined();
    if (id !== undefined) await endProcess(id, { graceMs: 200 });
  });
});
