import { expect, test } from 'vitest';
import { compileKind } from '../compile.ts';
import { builtinKinds } from '../kinds.ts';

const emptyOf = (kind: string, group = ''): unknown => {
  const found = builtinKinds.find((one) => one.kind === kind && one.group === group);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return compileKind(found).empty;
};

test('what is written of an object in which nothing is set', () => {
  expect(emptyOf('Event')).toEqual({
    reportingComponent: '',
    reportingInstance: '',
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
  });
  expect(emptyOf('ResourceSlice', 'resource.k8s.io')).toMatchObject({
    spec: { driver: '', pool: { name: '', generation: 0, resourceSliceCount: 0 } },
  });
});

test('of most kinds that is nothing', () => {
  for (const kind of ['ConfigMap', 'Secret', 'Pod', 'Service']) expect(emptyOf(kind)).toBeUndefined();
});
