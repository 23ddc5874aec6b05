import { appendFileSync, existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastWords, limitLog, sizeOf, tailOf } from './log-file.ts';

describe('lastWords', () => {
  it('is the last plain line', () => {
    expect(lastWords('one\napiserver: the port is in use\n\n')).toBe('apiserver: the port is in use');
  });

  it('is the message of a JSON line, with its cause', () => {
    expect(
      lastWords('{"level":30,"msg":"starting"}\n{"level":50,"msg":"failed","err":{"message":"no disk"}}\n'),
    ).toBe('failed: no disk');
    expect(lastWords('{"level":30}\n')).toBe('{"level":30}');
  });

  it('is the error of an uncaught exception, not its stack', () => {
    const log = `{"msg":"ready"}
file:///srv/x.ts:3
throw new Error('bad');
      ^

TypeError: bad thing: 7
    at main (file:///srv/x.ts:3:9) {
  code: 'EBAD',
  [cause]: undefined
}

Node.js v24.0.0
`;
    expect(lastWords(log)).toBe('TypeError: bad thing: 7');
  });

  it('is the fatal error of V8', () => {
    const log =
      'FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n 1: 0x7f node::Abort() [node]\n';
    expect(lastWords(log)).toBe('FATAL ERROR: Reached heap limit - JavaScript heap out of memory');
  });

  it('is empty without a line, and never long', () => {
    expect(lastWords('')).toBe('');
    expect(lastWords('x'.repeat(5_000))).toHaveLength(300);
  });
});

describe('log files', () => {
  let folder = '';
  let log = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-log-'));
    log = join(folder, 'x.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives what was written since a start, also after it was emptied', () => {
    expect(tailOf(log, 0)).toBe('');
    writeFileSync(log, 'old words\n');
    const from = sizeOf(log);
    expect(tailOf(log, from)).toBe('');
    appendFileSync(log, 'new\n');
    expect(tailOf(log, from)).toBe('new\n');
    writeFileSync(log, 'n\n');
    expect(tailOf(log, from)).toBe('n\n');
  });

  it.each([true, false])('puts a large log aside (in use: %s), leaves a small one', (inUse) => {
    writeFileSync(log, '');
    truncateSync(log, (64 << 20) + 1);
    limitLog(log, inUse);
    expect(sizeOf(log)).toBe(0);
    expect(existsSync(log)).toBe(inUse);
    expect(sizeOf(`${log}.1`)).toBe((64 << 20) + 1);
    writeFileSync(log, 'small');
    limitLog(log, inUse);
    expect(sizeOf(log)).toBe(5);
  });
});
