import { describe, expect, it } from 'vitest';
import { initialValues, missing, pruned } from './form.ts';
import { FORM_IDS, FORMS } from './forms.ts';

describe('forms', () => {
  it('make a workload with its service', () => {
    const values = {
      ...initialValues(FORMS.workload),
      name: 'web',
      image: 'nginx:1',
      port: '80',
      env: 'A=b=c\n\nEMPTY',
    };
    expect(missing(FORMS.workload, values)).toEqual([]);
    const [workload, service] = FORMS.workload.build(values).map(pruned);
    expect(workload).toMatchObject({
      kind: 'Deployment',
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: [
              {
                name: 'web',
                image: 'nginx:1',
                ports: [{ containerPort: 80 }],
                env: [{ name: 'A', value: 'b=c' }, { name: 'EMPTY' }],
              },
            ],
          },
        },
      },
    });
    expect(workload).not.toHaveProperty('spec.template.spec.containers.0.resources');
    expect(service).toMatchObject({ kind: 'Service', spec: { ports: [{ port: 80, targetPort: 80 }] } });
  });

  it('ask for what is required only where it is shown', () => {
    const values = { ...initialValues(FORMS.repository), name: 'shop' };
    expect(missing(FORMS.repository, values)).toEqual(['url']);
    expect(missing(FORMS.repository, { ...values, place: 'hosted' })).toEqual([]);
  });

  it('keep what is no number, so that the server says what is wrong with it', () => {
    const values = { ...initialValues(FORMS.service), name: 'a', app: 'a', port: 'eighty' };
    expect(FORMS.service.build(values)[0]).toMatchObject({ spec: { ports: [{ port: 'eighty' }] } });
  });

  it('have each field once', () => {
    for (const id of FORM_IDS) {
      const names = FORMS[id].fields.map(({ name }) => name);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });
});
