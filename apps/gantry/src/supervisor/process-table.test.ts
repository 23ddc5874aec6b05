import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recorded, recordPid, startTimeIn } from './process-table.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('startTimeIn', () => {
  const after = (state: string): string =>
    `${state} 1 42 42 0 -1 4194560 1 0 0 0 3 4 0 0 20 0 11 0 987654 1000 200`;

  it('finds the start time behind a name with spaces and brackets', () => {
    expect(startTimeIn(`42 (a) b (c)) ${after('S')}`)).toBe('987654');
  });

  it('counts a process that ended and was not reaped as ended', () => {
    expect(startTimeIn(`42 (x) ${after('Z')}`)).toBeUndefined();
  });
});

describe('recorded', () => {
  const file = (): string => join(folder, 'x.pid');

  it('knows a process that runs', () => {
    recordPid(file(), process.pid);
    expect(recorded(file())?.pid).toBe(process.pid);
  });

  it('does not take another process with the same pid for it', () => {
    writeFileSync(file(), JSON.stringify({ pid: process.pid, startTime: '1' }));
    expect(recorded(file())).toBeUndefined();
  });

  it.each(['', '{', 'null', '{"pid":0}'])('knows none from %j', (text) => {
    writeFileSync(file(), text);
    expect(recorded(file())).toBeUndefined();
  });
});
