import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HelmSource } from '@gantry/api/generated/types';
import type { Credentials } from '../git/credentials.ts';
import { Helm } from '../render/helm/helm.ts';
import { type Rendered, render } from '../render/render.ts';
import { memoryKinds, memoryTree } from './memory-tree.ts';
import { testNetwork } from './test-network.ts';

/** A chart with all that charts have: CRDs, helpers, a hook, values with a schema, and ways to go wrong. */
export const CHART: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.2.3\nappVersion: "9"\n',
  'values.yaml': 'replicas: 1\nimage:\n  name: nginx\n  tag: "1"\nextra: false\n',
  'values.schema.json': '{"properties":{"replicas":{"type":"integer"}}}',
  'crds/widgets.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
`,
  'templates/_helpers.tpl': '{{- define "demo.labels" -}}\napp: {{ .Release.Name }}\n{{- end }}\n',
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "demo.labels" . | nindent 4 }}
    kube: {{ .Capabilities.KubeVersion.Version | quote }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: demo
          image: {{ .Values.image.name }}:{{ .Values.image.tag }}
`,
  'templates/job.yaml': `{{- if .Capabilities.APIVersions.Has "example.com/v1/Widget" }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: has-widgets
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: before
  annotations:
    helm.sh/hook: pre-install
`,
  'templates/fail.yaml': `{{- if .Values.extra }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: x
data:
  a: {{ required "extra.must is needed" .Values.extra.must }}
{{- end }}
{{- if .Values.broken }}
a: b
 c: [
{{- end }}
`,
};

const KINDS = {
  find: async (apiVersion: string, kind: string) =>
    (await memoryKinds().find(apiVersion, kind)) ??
    (kind === 'CustomResourceDefinition'
      ? { group: '', version: 'v1', kind, plural: 'crds', namespaced: false, verbs: ['patch'] }
      : undefined),
};

/** Files of a folder, by their paths in the repository. */
export const at = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

export type Source = Omit<HelmSource, 'values'> & { readonly values?: object };

/** A helm with a folder of its own. */
export interface HelmFixture {
  readonly work: string;
  run(
    files: Readonly<Record<string, string>>,
    folder: string,
    source?: Source,
    credentials?: Credentials,
  ): Promise<Rendered>;
  close(): void;
}

export function makeHelm(): HelmFixture {
  const work = mkdtempSync(join(tmpdir(), 'gantry-helm-test-'));
  const helm = new Helm({
    cache: join(work, 'cache'),
    network: testNetwork(),
    capabilities: { get: async () => ({ version: 'v1.36.0', apiVersions: ['v1', 'example.com/v1/Widget'] }) },
  });
  return {
    work,
    run: (files, folder, source, credentials) =>
      render(
        memoryTree(files),
        folder,
        'shop',
        KINDS,
        {
          name: 'web',
          ...(source === undefined ? {} : { helm: source as HelmSource }),
          ...(credentials === undefined ? {} : { credentials: async () => credentials }),
        },
        { helm },
      ),
    close: () => rmSync(work, { recursive: true, force: true }),
  };
}
