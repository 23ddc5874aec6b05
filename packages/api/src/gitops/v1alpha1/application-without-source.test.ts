import { expect, it } from 'vitest';
import type { Application } from '../../generated/types.ts';
import { applicationRules } from './application-rules.ts';

it('the rules of an Application say nothing of a source that is not there', () => {
  const without = { metadata: { name: 'a', namespace: 'b' }, spec: {} } as Application;
  expect(applicationRules.validate?.(without, {} as never, undefined)).toEqual([]);
});
