import { expect, test } from 'vitest';
import { imageTerms } from './ledger-images.ts';

test.each([
  ['nginx', ['nginx']],
  ['nginx:1.27', ['nginx:1.27', 'nginx']],
  ['quay.io/team/web:1.2', ['quay.io/team/web:1.2', 'web:1.2', 'quay.io/team/web', 'web']],
  ['localhost:5000/web', ['localhost:5000/web', 'web']],
  ['a/b:1@sha256:00', ['a/b:1@sha256:00', 'b:1@sha256:00', 'a/b:1', 'b:1', 'a/b', 'b']],
  ['', []],
])('%s is found by', (image, terms) => {
  expect(imageTerms([image])).toEqual(terms);
});
