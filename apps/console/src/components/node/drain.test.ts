import { expect, it } from 'vitest';
import { type DrainParts, type DrainPod, type DrainStep, drain } from './drain.ts';

const pod = (name: string): DrainPod => ({
  ...{ namespace: 'shop', name, uid: name, what: 'evict', unmanaged: false, localData: false, blockedBy: [] },
});

function parts(answers: Readonly<Record<string, string>>, there: () => readonly DrainPod[]) {
  const steps: [string, DrainStep][] = [];
  const made: DrainParts = {
    evict: async ({ name }) => {
      const outcome = answers[name] ?? 'evicted';
      if (outcome === 'denied') throw new Error('no');
      return { outcome, message: '' } as Awaited<ReturnType<DrainParts['evict']>>;
    },
    plan: async () => there(),
    onLine: (key, { step }) => steps.push([key, step]),
    failureText: String,
    signal: new AbortController().signal,
  };
  return { made, steps };
}

it('ends when every pod is gone or could not be evicted', async () => {
  const { made, steps } = parts({ b: 'denied', c: 'gone' }, () => [pod('b')]);
  await drain([pod('a'), pod('b'), pod('c')], made);
  const last = new Map(steps);
  expect(last).toEqual(
    new Map<string, DrainStep>([
      ['shop/a', 'gone'],
      ['shop/b', 'failed'],
      ['shop/c', 'gone'],
    ]),
  );
});

it('asks again for a pod that a budget holds, until it is stopped', async () => {
  const controller = new AbortController();
  const { made, steps } = parts({ a: 'blocked' }, () => [pod('a')]);
  await drain([pod('a')], {
    ...made,
    onLine: (key, line) => {
      made.onLine(key, line);
      controller.abort();
    },
    signal: controller.signal,
  });
  expect(steps).toEqual([['shop/a', 'blocked']]);
});
