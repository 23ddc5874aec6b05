import { type Form, pairs, text } from './form.ts';

export const configForm: Form = {
  fields: [
    { name: 'name', type: 'text', initial: '', required: true },
    { name: 'data', type: 'lines', initial: '' },
  ],
  build: (values) => [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: text(values, 'name') },
      data: pairs(values, 'data'),
    },
  ],
};

export const secretForm: Form = {
  fields: [
    { name: 'name', type: 'text', initial: '', required: true },
    {
      name: 'secretType',
      type: 'choice',
      initial: 'Opaque',
      options: ['Opaque', 'kubernetes.io/basic-auth', 'kubernetes.io/ssh-auth', 'kubernetes.io/tls'],
    },
    { name: 'secretData', type: 'secretLines', initial: '' },
  ],
  build: (values) => [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: text(values, 'name') },
      type: text(values, 'secretType'),
      stringData: pairs(values, 'secretData'),
    },
  ],
};
