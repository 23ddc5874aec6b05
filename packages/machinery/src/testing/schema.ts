import { type SchemaView, UNTYPED } from '../schema-view.ts';

type Fields = Record<string, SchemaView>;

const text: SchemaView = { ...UNTYPED, shape: 'scalar', scalar: 'string' };
const number: SchemaView = { ...UNTYPED, shape: 'scalar', scalar: 'number' };

function struct(fields: Fields, options: Partial<SchemaView> = {}): SchemaView {
  return { ...UNTYPED, shape: 'struct', field: (name) => fields[name], ...options };
}

function list(items: SchemaView, options: Partial<SchemaView>): SchemaView {
  return { ...UNTYPED, shape: 'list', items, ...options };
}

const map: SchemaView = { ...UNTYPED, shape: 'map', values: text };
const always = { alwaysPresent: true };

const port = struct({
  name: text,
  containerPort: number,
  hostPort: number,
  protocol: { ...text, default: 'TCP' },
});
const container = struct({
  name: text,
  image: text,
  command: list(text, {}),
  ports: list(port, {
    listType: 'map',
    listMapKeys: ['containerPort', 'protocol'],
    patchStrategy: 'merge',
    patchMergeKey: 'containerPort',
  }),
  resources: struct({ limits: map }, always),
});
const podSpec = struct(
  {
    containers: list(container, {
      listType: 'map',
      listMapKeys: ['name'],
      patchStrategy: 'merge',
      patchMergeKey: 'name',
      ...always,
    }),
    nodeName: text,
  },
  always,
);
const metadata = struct({
  name: text,
  namespace: text,
  uid: text,
  creationTimestamp: text,
  resourceVersion: text,
  labels: map,
  annotations: map,
  finalizers: list(text, { listType: 'set', patchStrategy: 'merge' }),
  managedFields: list(UNTYPED, {}),
});

/** A cut-down Deployment: every sort of list, struct and map that merging tells apart. */
export const deploymentView: SchemaView = struct({
  apiVersion: text,
  kind: text,
  metadata,
  spec: struct(
    {
      replicas: number,
      paused: { ...text, scalar: 'boolean' },
      selector: struct({ matchLabels: map }, { atomic: true }),
      strategy: struct(
        { type: text, rollingUpdate: struct({ maxSurge: number }) },
        {
          patchStrategy: 'retainKeys',
          ...always,
        },
      ),
      template: struct({ metadata: struct({ labels: map }, always), spec: podSpec }, always),
    },
    always,
  ),
  status: struct({ readyReplicas: number }, always),
});
