import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpResponse } from '../handler.ts';
import { SLICE_BYTES, slices } from './slices.ts';
import { ResponseSink } from './stream-sink.ts';

/** A client that takes one write at a time. */
class SlowResponse extends EventEmitter {
  readonly taken: string[] = [];
  destroyed = false;
  writableEnded = false;
  writableLength = 0;
  write(chunk: Buffer): boolean {
    this.taken.push(chunk.toString());
    return false;
  }
  end(): void {
    this.writableEnded = true;
  }
  destroy(): void {
    this.destroyed = true;
  }
}

describe('slices', () => {
  it('are the parts joined, each at most a slice', () => {
    const parts = [1, SLICE_BYTES - 1, 1, 0, 3 * SLICE_BYTES + 5, 7].map((size, at) =>
      Buffer.alloc(size, at),
    );
    const all = [...slices(parts)];
    expect(Buffer.concat(all).equals(Buffer.concat(parts))).toBe(true);
    expect(Math.max(...all.map(({ length }) => length))).toBe(SLICE_BYTES);
    expect([...slices(Array.from({ length: 100 }, () => Buffer.from('x')))]).toHaveLength(1);
    expect([...slices([])]).toEqual([]);
  });
});

describe('a sink', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('sends its beginning as the client takes it, then what came meanwhile, then the end', () => {
    const response = new SlowResponse();
    const sink = new ResponseSink(response as unknown as HttpResponse);
    let asked = 0;
    sink.begin(
      (function* () {
        for (const letter of 'abc') {
          asked++;
          yield Buffer.alloc(SLICE_BYTES, letter);
        }
      })(),
    );
    sink.write(Buffer.from('late'));
    sink.write(Buffer.from('r'));
    expect(sink.unsent).toBe(5);
    expect(asked).toBeLessThan(3);
    sink.end();
    sink.write(Buffer.from('too late'));
    for (let turn = 0; turn < 5; turn++) response.emit('drain');
    expect(response.taken.map((text) => text.slice(0, 5))).toEqual(['aaaaa', 'bbbbb', 'ccccc', 'late', 'r']);
    expect(response.writableEnded).toBe(true);
  });

  it('cuts a client that takes nothing after the end', () => {
    const response = new SlowResponse();
    const sink = new ResponseSink(response as unknown as HttpResponse);
    sink.begin([Buffer.alloc(SLICE_BYTES), Buffer.alloc(SLICE_BYTES)]);
    sink.end();
    expect([response.writableEnded, response.destroyed]).toEqual([false, false]);
    vi.runAllTimers();
    expect(response.destroyed).toBe(true);
  });
});
