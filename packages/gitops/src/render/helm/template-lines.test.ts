import { expect, test } from 'vitest';
import { TemplateLines } from './template-lines.ts';

const TEMPLATE = `{{- range .Values.list }}
---
kind: ConfigMap
metadata:
  name: {{ . }}
data:
  a: {{ .a }}
{{- end }}
---
kind: Service
metadata:
  name: last
  labels:
    {{- include "labels" . | nindent 4 }}
spec:
  ports:
    - name: {{ .port }}
`;

test.each([
  [['', 'kind: ConfigMap', 'metadata:', '  name: x', 'data:', '  a: 1'], 6, 7],
  [['kind: Service', 'metadata:', '  name: last'], 3, 12],
  [['kind: Service', 'metadata:', '  name: last', '  labels:', '    app: x'], 5, 13],
  [['kind: Service', 'spec:', '  ports:', '  - name: http'], 4, 17],
  [['kind: Other'], 1, 3],
  [['# Source: x', ''], 2, 1],
] as const)('%j, line %i, came from line %i', (output, line, expected) => {
  expect(new TemplateLines(TEMPLATE).lineOf(output, line)).toBe(expected);
});
