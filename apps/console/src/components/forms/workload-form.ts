import { type Form, number, pairs, text, type Values } from './form.ts';

const APP = 'app.kubernetes.io/name';
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

function container(values: Values): object {
  const port = number(values, 'port');
  const path = text(values, 'readyPath');
  const env = Object.entries(pairs(values, 'env') ?? {});
  return {
    name: text(values, 'name'),
    image: text(values, 'image'),
    ports: port === undefined ? undefined : [{ containerPort: port }],
    env: env.length === 0 ? undefined : env.map(([name, value]) => ({ name, value })),
    resources: {
      requests: { cpu: text(values, 'cpu'), memory: text(values, 'memory') },
      limits: { memory: text(values, 'memory') },
    },
    readinessProbe: path === '' || port === undefined ? undefined : { httpGet: { path, port } },
  };
}

/** A workload, and a Service before it when it has a port and one is wanted. */
export const workloadForm: Form = {
  fields: [
    { name: 'kind', type: 'choice', initial: 'Deployment', options: WORKLOADS },
    { name: 'name', type: 'text', initial: '', required: true },
    { name: 'image', type: 'text', initial: '', required: true },
    {
      name: 'replicas',
      type: 'number',
      initial: '2',
      when: { field: 'kind', is: ['Deployment', 'StatefulSet'] },
    },
    { name: 'port', type: 'number', initial: '' },
    { name: 'readyPath', type: 'text', initial: '' },
    { name: 'cpu', type: 'text', initial: '' },
    { name: 'memory', type: 'text', initial: '' },
    { name: 'env', type: 'lines', initial: '' },
    { name: 'withService', type: 'check', initial: true },
  ],
  build(values) {
    const name = text(values, 'name');
    const labels = { [APP]: name };
    const kind = text(values, 'kind');
    const port = number(values, 'port');
    const workload = {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, labels },
      spec: {
        replicas: kind === 'DaemonSet' ? undefined : number(values, 'replicas'),
        serviceName: kind === 'StatefulSet' ? name : undefined,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container(values)] } },
      },
    };
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels },
      spec: { selector: labels, ports: [{ port, targetPort: port }] },
    };
    return values.withService === true && port !== undefined ? [workload, service] : [workload];
  },
};

/** Leads to pods by their name label. */
export const serviceForm: Form = {
  fields: [
    { name: 'name', type: 'text', initial: '', required: true },
    { name: 'app', type: 'text', initial: '', required: true },
    {
      name: 'type',
      type: 'choice',
      initial: 'ClusterIP',
      options: ['ClusterIP', 'NodePort', 'LoadBalancer'],
    },
    { name: 'port', type: 'number', initial: '80', required: true },
    { name: 'targetPort', type: 'text', initial: '' },
  ],
  build: (values) => [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: text(values, 'name') },
      spec: {
        type: text(values, 'type'),
        selector: { [APP]: text(values, 'app') },
        ports: [{ port: number(values, 'port'), targetPort: number(values, 'targetPort') }],
      },
    },
  ],
};
