import { expect, it } from 'vitest';
import type { HttpResponse } from '../handler.ts';
import { emptyBody } from './response.ts';
import { send } from './send.ts';

/** Tells what is written, and when; a write is out when the test says so. */
function fakeResponse(extra: object = {}) {
  const written: string[] = [];
  const flushes: (() => void)[] = [];
  const response = {
    ...{ destroyed: false, headersSent: false, on: () => undefined, writeHead: () => undefined },
    write(chunk: Buffer, flushed: () => void): boolean {
      written.push(`write ${chunk.length}`);
      flushes.push(flushed);
      return false;
    },
    end(chunk?: Buffer): void {
      written.push(`end ${chunk?.length ?? 0}`);
    },
    ...extra,
  } as unknown as HttpResponse;
  return { response, written, flush: () => flushes.shift()?.() };
}

const parts = (...sizes: number[]) => ({
  status: 200,
  headers: {},
  body: emptyBody,
  parts: sizes.map((size) => Buffer.alloc(size)),
});

it('ends a large body over HTTP/1.1 with a small part, when all before it is out', () => {
  const { response, written, flush } = fakeResponse();
  send(response, parts(60_000, 60_000), 'GET', 'id');
  expect(written).toEqual(['write 103616']);
  flush();
  expect(written).toEqual(['write 103616', 'write 16384']);
  flush();
  expect(written).toEqual(['write 103616', 'write 16384', 'end 0']);
});

it('sends what is small in one go, and over HTTP/2 what fits a slice', () => {
  const small = fakeResponse();
  send(small.response, parts(40_000), 'GET', 'id');
  expect(small.written).toEqual(['end 40000']);
  const stream = fakeResponse({ stream: {} });
  send(stream.response, parts(120_000), 'GET', 'id');
  expect(stream.written).toEqual(['end 120000']);
});
