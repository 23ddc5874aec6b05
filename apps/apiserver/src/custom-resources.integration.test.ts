import { generateDefinition } from '@gantry/server/crd/testing/generate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from './testing/api-process.ts';

const CRONTABS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'crontabs.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: {
      plural: 'crontabs',
      singular: 'crontab',
      kind: 'CronTab',
      shortNames: ['ct'],
      categories: ['tables'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'Something that runs now and then.',
            properties: {
              spec: {
                type: 'object',
                'x-kubernetes-validations': [
                  { rule: 'self.replicas <= self.maxReplicas', message: 'too many replicas' },
                ],
                properties: {
                  schedule: { type: 'string', description: 'When it runs.', pattern: '^\\S+( \\S+){4}$' },
                  replicas: { type: 'integer', default: 1, minimum: 0 },
                  maxReplicas: { type: 'integer', default: 5 },
                },
              },
              status: {
                type: 'object',
                properties: { replicas: { type: 'integer' }, phase: { type: 'string' } },
              },
            },
          },
        },
        subresources: {
          status: {},
          scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' },
        },
        selectableFields: [{ jsonPath: '.spec.schedule' }],
        additionalPrinterColumns: [{ name: 'Schedule', type: 'string', jsonPath: '.spec.schedule' }],
      },
    ],
  },
};
const crontab = (name: string, spec: object) => ({
  apiVersion: 'stable.example.com/v1',
  kind: 'CronTab',
  metadata: { name, namespace: 'default' },
  spec,
});

let api: ApiProcess;
beforeAll(async () => {
  api = await startApiProcess(() => []);
});
afterAll(() => api?.stop());

const kubectl = async (...args: string[]): Promise<string> => (await api.kubectl(args)).out;
const apply = (object: object, ...args: string[]) =>
  api.kubectl(['apply', ...args, '-f', '-'], { input: JSON.stringify(object) });

describe('kubectl with a definition', () => {
  it('creates it and waits for it', async () => {
    expect((await apply(CRONTABS)).out).toContain('crontabs.stable.example.com created');
    await kubectl('wait', '--for=condition=Established', 'crd/crontabs.stable.example.com');
    expect(await kubectl('api-resources', '--api-group=stable.example.com')).toMatch(
      /crontabs +ct +stable\.example\.com\/v1 +true +CronTab/,
    );
  });

  it('explains, applies, gets, scales and patches its objects', async () => {
    await vi.waitFor(
      async () => expect(await kubectl('explain', 'crontab.spec.schedule')).toContain('When it runs.'),
      { timeout: 20_000 },
    );
    expect((await apply(crontab('a', { schedule: '* * * * 5' }))).out).toBe(
      'crontab.stable.example.com/a created\n',
    );
    expect(await kubectl('get', 'ct')).toMatch(/NAME +SCHEDULE\na +\* \* \* \* 5/);
    expect(await kubectl('get', 'tables', '-o', 'name')).toBe('crontab.stable.example.com/a\n');
    expect(await kubectl('get', 'ct', '--field-selector', 'spec.schedule=x', '-o', 'name')).toBe('');
    await kubectl('scale', '--replicas=3', 'crontab/a');
    const status = ['--subresource=status', '--type=merge', '-p', '{"status":{"phase":"Ready"}}'];
    await kubectl('patch', 'crontab', 'a', ...status);
    await kubectl('wait', '--for=jsonpath={.status.phase}=Ready', 'crontab/a');
    expect(await kubectl('get', 'ct', 'a', '-o', 'jsonpath={.spec.replicas}/{.spec.maxReplicas}')).toBe(
      '3/5',
    );
    const applied = await apply(
      crontab('a', { schedule: '1 * * * 5' }),
      '--server-side',
      '--force-conflicts',
    );
    expect(applied.out).toBe('crontab.stable.example.com/a serverside-applied\n');
  });

  it('says what is wrong with an object', async () => {
    const refused = async (spec: object): Promise<string> => {
      const { code, out } = await apply(crontab('b', spec));
      expect(code).not.toBe(0);
      return out;
    };
    expect(await refused({ schedule: '* * * * 5', replicas: 9 })).toContain(
      'The CronTab "b" is invalid: spec: Invalid value: too many replicas',
    );
    expect(await refused({ schedule: 'daily' })).toContain(
      'spec.schedule: Invalid value: "daily": spec.schedule in body should match \'^\\S+( \\S+){4}$\'',
    );
    expect(await refused({ schedul: '* * * * 5' })).toContain('unknown field "spec.schedul"');
  });

  it('deletes it with all objects', async () => {
    await kubectl('delete', 'crd', 'crontabs.stable.example.com', '--timeout=30s');
    const { code, out } = await api.kubectl(['get', 'crontabs']);
    expect([code, out]).toEqual([1, expect.stringContaining('Error from server (NotFound)')]);
  });

  it('takes a definition of the size that operators bring', async () => {
    const big = generateDefinition(7, { bytes: 400_000 });
    const args = ['create', '-f', '-'];
    expect((await api.kubectl(args, { input: JSON.stringify(big) })).out).toContain('created');
    await kubectl('wait', '--for=condition=Established', `crd/${big.metadata.name}`);
    expect(await kubectl('get', 'things7', '-A', '-o', 'name')).toBe('');
  });
});
