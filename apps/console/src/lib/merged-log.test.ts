import { expect, it } from 'vitest';
import { type MergedLine, mergeLines, splitLine } from './merged-log.ts';

const line = (time: string, text = time): MergedLine => ({ pod: 'a', container: 'main', time, text });

it('tells the time of a line from its text', () => {
  const source = { pod: 'a', container: 'main' };
  expect(splitLine(source, '2026-01-01T00:00:00.5Z hello there')).toEqual({
    ...source,
    time: '2026-01-01T00:00:00.5Z',
    text: 'hello there',
  });
  expect(splitLine(source, '2026-01-01T00:00:00Z')).toMatchObject({ text: '' });
  expect(splitLine(source, 'no time')).toMatchObject({ time: '', text: 'no time' });
});

it('puts lines of several containers in order of time, also with fractions of any length', () => {
  const { lines } = mergeLines(
    [line('2026-01-01T00:00:01Z'), line('2026-01-01T00:00:03.25Z')],
    [line('2026-01-01T00:00:03.3Z'), line('2026-01-01T00:00:02Z'), line('2026-01-01T00:00:03Z')],
    100,
  );
  expect(lines.map(({ time }) => time.slice(17))).toEqual(['01Z', '02Z', '03Z', '03.25Z', '03.3Z']);
});

it('keeps the newest lines and counts what it lets go', () => {
  const fresh = ['1', '2', '3'].map((second) => line(`2026-01-01T00:00:0${second}Z`));
  expect(mergeLines([], fresh, 2)).toMatchObject({ dropped: 1, lines: fresh.slice(1) });
});
