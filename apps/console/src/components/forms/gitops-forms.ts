import { type Form, text, type Values } from './form.ts';

const API_VERSION = 'gitops.gantry.dev/v1alpha1';
const FOLLOWS = ['branch', 'tag', 'semver', 'commit'];

export const applicationForm: Form = {
  fields: [
    { name: 'name', type: 'text', initial: '', required: true },
    { name: 'repository', type: 'text', initial: '', required: true },
    { name: 'follow', type: 'choice', initial: 'branch', options: FOLLOWS },
    { name: 'revision', type: 'text', initial: 'main', required: true },
    { name: 'path', type: 'text', initial: '.' },
    { name: 'target', type: 'text', initial: '' },
    { name: 'automated', type: 'check', initial: true },
    { name: 'prune', type: 'check', initial: true },
    { name: 'selfHeal', type: 'check', initial: false },
    { name: 'deletionPolicy', type: 'choice', initial: 'Orphan', options: ['Orphan', 'Cascade'] },
  ],
  build: (values) => [
    {
      apiVersion: API_VERSION,
      kind: 'Application',
      metadata: { name: text(values, 'name') },
      spec: {
        source: {
          repository: text(values, 'repository'),
          [text(values, 'follow')]: text(values, 'revision'),
          path: text(values, 'path'),
        },
        destination: { namespace: text(values, 'target') },
        syncPolicy: {
          automated: values.automated === true,
          prune: values.prune === true,
          selfHeal: values.selfHeal === true,
        },
        deletionPolicy: text(values, 'deletionPolicy'),
      },
    },
  ],
};

const elsewhere = (values: Values): boolean => text(values, 'place') === 'elsewhere';

export const repositoryForm: Form = {
  fields: [
    { name: 'name', type: 'text', initial: '', required: true },
    { name: 'place', type: 'choice', initial: 'elsewhere', options: ['elsewhere', 'hosted'] },
    { name: 'url', type: 'text', initial: '', required: true, when: { field: 'place', is: ['elsewhere'] } },
    { name: 'interval', type: 'text', initial: '1m', when: { field: 'place', is: ['elsewhere'] } },
    { name: 'secret', type: 'text', initial: '', when: { field: 'place', is: ['elsewhere'] } },
    { name: 'submodules', type: 'check', initial: false, when: { field: 'place', is: ['elsewhere'] } },
  ],
  build: (values) => [
    {
      apiVersion: API_VERSION,
      kind: 'Repository',
      metadata: { name: text(values, 'name') },
      spec: elsewhere(values)
        ? {
            url: text(values, 'url'),
            interval: text(values, 'interval'),
            secretRef: { name: text(values, 'secret') },
            submodules: values.submodules === true,
          }
        : { hosted: true },
    },
  ],
};
