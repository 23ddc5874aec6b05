import { expect, it } from 'vitest';
import { fieldAt, placeAt } from './yaml-path.ts';

const TEXT = `apiVersion: v1
kind: ConfigMap
data:
  a: b
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: nginx
        ports:
          - containerPort: 80
            protocol: TCP

        env:
          - name: A
`;
const lines = TEXT.split('\n');
const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text));
const place = (text: string) => placeAt(lines, lineOf(text), (lines[lineOf(text)] ?? '').length);

it('knows the document and the fields above a value, through lists of both kinds of indentation', () => {
  expect(place('protocol: TCP')).toMatchObject({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', key: 'protocol', typed: 'TCP' },
    path: ['spec', 'template', 'spec', 'containers', '[]', 'ports', '[]'],
  });
  expect(place('image: nginx')?.path).toEqual(['spec', 'template', 'spec', 'containers', '[]']);
  expect(place('- name: A')?.path).toEqual(['spec', 'template', 'spec', 'containers', '[]', 'env', '[]']);
  expect(place('a: b')).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', path: ['data'] });
});

it('knows where a field may be written, and which stand there already', () => {
  const blank = lineOf('protocol') + 1;
  const typing = [...lines.slice(0, blank), '        im', ...lines.slice(blank + 1)];
  const found = placeAt(typing, blank, 10);
  expect(found).toMatchObject({ key: '', typed: 'im', column: 8 });
  expect(found?.path).toEqual(['spec', 'template', 'spec', 'containers', '[]']);
  expect([...(found?.siblings ?? [])].sort()).toEqual(['env', 'image', 'name', 'ports']);
  const item = [...lines.slice(0, blank), '          - ho', ...lines.slice(blank + 1)];
  expect(placeAt(item, blank, 14)).toMatchObject({ typed: 'ho', siblings: new Set() });
  expect(placeAt(item, blank, 14)?.path.slice(-2)).toEqual(['ports', '[]']);
});

it('begins at the top of each document', () => {
  const text = ['kind: Pod', 'apiVersion: v1', 'sp'];
  expect(placeAt(text, 2, 2)).toMatchObject({ path: [], typed: 'sp', kind: 'Pod' });
  expect(placeAt(['# comment', 'a b c'], 1, 5)).toBeUndefined();
});

it('knows the field under the pointer', () => {
  expect(fieldAt(lines, lineOf('containerPort'))).toMatchObject({ key: 'containerPort', from: 12, to: 25 });
  expect(fieldAt(['- plain text'], 0)).toBeUndefined();
});
