import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogOptions, readContainerLog } from './container-logs.ts';
import { parseLogLine } from './log-line.ts';
import { routeOf } from './routes.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gantry-logs-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const line = (second: number, text: string, tag = 'F', stream = 'stdout') =>
  `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z ${stream} ${tag} ${text}\n`;
const never = async () => false;

async function read(text: string, options: Partial<LogOptions> = {}): Promise<string> {
  const path = join(dir, '0.log');
  await writeFile(path, text);
  const chunks: Buffer[] = [];
  const all: LogOptions = { follow: false, timestamps: false, ...options };
  for await (const chunk of readContainerLog(path, all, never, new AbortController().signal))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('container logs', () => {
  const three = line(1, 'one') + line(2, 'two', 'F', 'stderr') + line(3, 'three');

  it('are read whole, from the end, since a time, up to a size', async () => {
    expect(await read(three)).toBe('one\ntwo\nthree\n');
    expect(await read(three, { tailLines: 2 })).toBe('two\nthree\n');
    expect(await read(three, { tailLines: 0 })).toBe('');
    expect(await read(three, { tailLines: 9 })).toBe('one\ntwo\nthree\n');
    expect(await read(three, { since: Date.parse('2026-01-01T00:00:02Z') })).toBe('two\nthree\n');
    expect(await read(three, { limitBytes: 5 })).toBe('one\nt');
    expect(await read(three, { stream: 'stderr', timestamps: true })).toBe(
      '2026-01-01T00:00:02.000000000Z two\n',
    );
  });

  it('join what the runtime has split and keep UTF-8', async () => {
    expect(await read(line(1, 'grü', 'P') + line(1, 'ße 中'))).toBe('grüße 中\n');
  });

  it('tail as many lines as are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-z ]*$/)), fc.nat(12), async (texts, tailLines) => {
        const file = texts.map((text) => line(1, text)).join('');
        const wanted = tailLines === 0 ? [] : texts.slice(-tailLines);
        expect(await read(file, { tailLines })).toBe(wanted.map((text) => `${text}\n`).join(''));
      }),
      { numRuns: fuzzRuns(30) },
    );
  });

  it('are followed through a rotation until the container has ended', async () => {
    const path = join(dir, '0.log');
    await writeFile(path, line(1, 'one'));
    let running = true;
    const options = { follow: true, timestamps: false };
    const seen: string[] = [];
    for await (const chunk of readContainerLog(
      path,
      options,
      async () => running,
      new AbortController().signal,
    )) {
      const text = chunk.toString();
      seen.push(text);
      if (text === 'one\n') {
        await rename(path, `${path}.old`);
        // The runtime goes on with the old file until it is told to reopen.
        await appendFile(`${path}.old`, line(2, 'two'));
        await writeFile(path, line(3, 'three'));
      } else if (text === 'three\n') {
        running = false;
        await appendFile(path, line(4, 'four'));
      }
    }
    expect(seen.join('')).toBe('one\ntwo\nthree\nfour\n');
  });

  it('pass on bytes as they are, though a character is split between pieces of a long line', async () => {
    const text = '中'.repeat(30_000);
    const bytes = Buffer.from(text);
    const path = join(dir, '0.log');
    const pieces: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += 16_000) {
      const tag = at + 16_000 >= bytes.length ? 'F' : 'P';
      pieces.push(Buffer.from(`2026-01-01T00:00:00Z stdout ${tag} `), bytes.subarray(at, at + 16_000));
      pieces.push(Buffer.from('\n'));
    }
    await writeFile(path, Buffer.concat(pieces));
    const chunks: Buffer[] = [];
    const options = { follow: false, timestamps: false };
    for await (const chunk of readContainerLog(path, options, never, new AbortController().signal)) {
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks).toString()).toBe(`${text}\n`);
  });

  it('skip what is no log line', () => {
    expect(parseLogLine('garbage')).toBeUndefined();
    expect(parseLogLine('2026-01-01T00:00:00+00:00 stdout F ')).toMatchObject({ text: '', isPartial: false });
  });
});

describe('routes', () => {
  it.each([
    ['/containerLogs/ns/p/c', { type: 'logs', namespace: 'ns', pod: 'p', container: 'c' }],
    ['/exec/ns/p/uid/c', { type: 'exec', namespace: 'ns', pod: 'p', container: 'c' }],
    ['/portForward/ns/p', { type: 'portForward', namespace: 'ns', pod: 'p' }],
    ['/healthz', { type: 'healthz' }],
    ['/exec/ns/p', undefined],
    ['/run/ns/p/c', undefined],
    ['/containerLogs/ns//c', undefined],
    ['/runningpods', { type: 'runningPods' }],
    ['/logs/a%20b/c.log', { type: 'nodeLogs', path: 'a b/c.log' }],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});
