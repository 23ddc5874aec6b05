import type { ApplicationObjectStatus, ApplicationStatus } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { waiting } from '../prune/left-over.ts';
import type { Rendered } from '../render/render.ts';
import { boundedStatus, sizeProblems, sourceText } from './bounded-status.ts';

const LIMIT_BYTES = 3 << 20;

const entry = (index: number, more: Partial<ApplicationObjectStatus> = {}): ApplicationObjectStatus => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: `settings-of-component-${index}`,
  sync: 'Synced',
  health: 'Healthy',
  source: `deploy/overlays/production/component-${index}.yaml:1`,
  ...more,
});

const many = (count: number, more: (index: number) => Partial<ApplicationObjectStatus>) =>
  Array.from({ length: count }, (_, index) => entry(index, more(index)));

const long = (index: number) => ({
  message: `${index} ${'m'.repeat(250)}`,
  touched: { manager: 'kubectl', fields: Array.from({ length: 3 }, () => 'f'.repeat(300)) },
});

test('the status of thousands of objects fits, whatever is said of each: what is wrong is told first', () => {
  const objects = many(3_000, (index) => ({
    ...long(index),
    ...(index % 100 === 99 ? { sync: 'OutOfSync' } : {}),
  }));
  objects[7] = waiting(entry(7));
  const status = boundedStatus({ sync: 'OutOfSync', objects });
  expect(Buffer.byteLength(JSON.stringify(status))).toBeLessThan(LIMIT_BYTES);
  const names = (of: readonly ApplicationObjectStatus[] = []): string => of.map(({ name }) => name).join();
  expect(names(status.objects) === names(objects)).toBe(true);
  expect(status.objects?.[99]?.touched?.fields?.[0]).toHaveLength(256);
  expect(status.objects?.[7]).toEqual(objects[7]);
  const bare = status.objects?.filter(({ message }) => message === undefined).length;
  expect(bare).toBeGreaterThan(0);
  expect(status.detailsOmitted).toBe(bare);
  // What is written is what is read next: nothing goes round.
  expect(JSON.stringify(boundedStatus({ ...status, objects })) === JSON.stringify(status)).toBe(true);
});

test('of few objects everything is told, but no text without end', () => {
  const status: ApplicationStatus = {
    objects: many(20, long).map(({ touched: _, ...rest }) => rest),
    detailsOmitted: 3,
    message: 'x'.repeat(100_000),
    history: [{ commit: '1', reason: `only ${'ConfigMap/a, '.repeat(20_000)}` }],
  };
  const { objects, message, history, detailsOmitted } = boundedStatus(status);
  expect(objects).toEqual(status.objects);
  expect(detailsOmitted).toBeUndefined();
  expect([message?.length, history?.[0]?.reason?.length]).toEqual([8_192, 2_048]);
});

test('a commit whose names alone are too much is told so', () => {
  const rendered = (count: number, name: string): Rendered => ({
    commit: '1',
    problems: [],
    objects: Array.from({ length: count }, (_, index) => ({
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `${name}${index}`, namespace: 'shop' },
      },
      file: 'a.yaml',
      line: index,
      positionOf: () => undefined,
    })) as unknown as Rendered['objects'],
  });
  const application = { metadata: { name: 'web', namespace: 'shop' }, spec: { source: { repository: 'r' } } };
  const problems = (of: Rendered) => sizeProblems(of, application as never);
  expect(problems(rendered(8_000, 'x'))).toEqual([]);
  expect(problems(rendered(10_000, 'x'.repeat(240)))[0]?.reason).toContain(
    'split it into several Applications',
  );
  // Until they are deleted both are in the status.
  const status = { objects: many(8_000, () => ({})) };
  const [together] = sizeProblems(rendered(8_000, 'x'), { ...application, status } as never);
  expect(together?.reason).toContain(
    "8000 objects and their files, with the 8000 that it holds and the commit doesn't, take",
  );
  expect(together?.reason).toContain('delete those first');
  const few = { objects: many(20, () => ({})) };
  expect(sizeProblems(rendered(8_000, 'x'), { ...application, status: few } as never)).toEqual([]);
});

test('a long path keeps its end', () => {
  expect(sourceText('a.yaml', 3)).toBe('a.yaml:3');
  expect(sourceText(`${'d/'.repeat(400)}a.yaml`, 3)).toMatch(/^….{247}a\.yaml:3$/);
});
