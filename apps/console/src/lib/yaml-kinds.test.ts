import { expect, it } from 'vitest';
import { kindsInYaml } from './yaml-kinds.ts';

it('tells the kinds in a text with their namespaces, each once', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: web
data: {namespace: other}
---
kind: "Deployment" # of the group apps
apiVersion: apps/v1
metadata: {name: b}
--- # the same again
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: b
`;
  expect(kindsInYaml(text)).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'web' },
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: '' },
  ]);
});

it('says nothing of what is not there yet', () => {
  for (const text of ['', 'kind:', 'kind: Pod', 'apiVersion: v1\nkind:\n', '---\n---'])
    expect(kindsInYaml(text)).toEqual([]);
});
