import { readdirSync, readFileSync } from 'node:fs';
import { parseYaml } from '@gantry/machinery/yaml';
import { describe, expect, test } from 'vitest';
import { cronJob } from '../../batch/v1/cron-job.ts';
import { job } from '../../batch/v1/job.ts';
import { builtinKinds } from '../../kinds.ts';
import { admitted, createErrors, stored, updateErrors } from '../../testing/objects.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { statefulSet } from './stateful-set.ts';

const metadata = { name: 'a', namespace: 'default', uid: 'u-1' };
const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
const selector = { matchLabels: { a: 'b' } };
const of = (spec: object) => ({ metadata, spec: { selector, template, ...spec } });

const testdata = new URL('../../testdata/', import.meta.url);

describe('golden files: what the server makes of a manifest', () => {
  const inputs = readdirSync(testdata).filter((name) => name.endsWith('.input.yaml'));
  test.each(inputs)('%s', (name) => {
    const read = (file: string): unknown =>
      parseYaml(readFileSync(new URL(file, testdata), 'utf8'))[0]?.value;
    const input = read(name) as { apiVersion: string; kind: string };
    const kind = builtinKinds.find(
      (one) =>
        one.kind === input.kind &&
        (one.group === '' ? one.version : `${one.group}/${one.version}`) === input.apiVersion,
    );
    if (kind === undefined) throw new Error(`no kind for ${name}`);
    expect(admitted(kind, input)).toEqual(read(name.replace('.input.', '.output.')));
  });
});

test.each([
  [deployment, of({}), []],
  [
    deployment,
    { metadata, spec: { template } },
    [
      'spec.selector: Required value',
      'spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  ],
  [
    deployment,
    of({ selector: {} }),
    ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
  ],
  [
    deployment,
    of({ selector: { matchLabels: { a: 'x' } } }),
    ['spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`'],
  ],
  [
    deployment,
    of({ replicas: -1 }),
    ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
  ],
  [
    deployment,
    of({ template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } }),
    ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
  ],
  [
    deployment,
    of({ strategy: { type: 'Recreate', rollingUpdate: {} } }),
    ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
  ],
  [
    deployment,
    of({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
  ],
  [
    daemonSet,
    of({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
    [
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
  ],
  [
    statefulSet,
    of({ podManagementPolicy: 'Any' }),
    ["spec.podManagementPolicy: Invalid value: \"Any\": must be 'OrderedReady' or 'Parallel'"],
  ],
])('%# %j', (kind, value, expected) => {
  expect(createErrors(kind, value)).toEqual(expected);
});

test('claims of a stateful set can be mounted', () => {
  const mounting = {
    ...template,
    spec: { containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 'data', mountPath: '/d' }] }] },
  };
  const claims = [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1' } } },
    },
  ];
  expect(createErrors(statefulSet, of({ template: mounting, volumeClaimTemplates: claims }))).toEqual([]);
  expect(createErrors(statefulSet, of({ template: mounting }))).toHaveLength(1);
});

test('what may not change after creation', () => {
  const relabelled = { ...template, metadata: { labels: { a: 'b', c: 'd' } } };
  expect(
    updateErrors(deployment, of({}), of({ selector: { matchLabels: { c: 'd' } }, template: relabelled })),
  ).toEqual(['spec.selector: Invalid value: {"matchLabels":{"c":"d"}}: field is immutable']);
  expect(updateErrors(statefulSet, of({}), of({ serviceName: 'other' }))[0]).toMatch(
    /^spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template'/,
  );
  expect(updateErrors(statefulSet, of({}), of({ replicas: 4 }))).toEqual([]);
});

describe('jobs', () => {
  const jobTemplate = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } };

  test('get a selector by their uid', () => {
    const made = stored(job, { metadata, spec: { template: jobTemplate } });
    expect(made).toMatchObject({
      spec: {
        backoffLimit: 6,
        completions: 1,
        parallelism: 1,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' } },
        template: {
          metadata: {
            labels: { 'job-name': 'a', 'batch.kubernetes.io/job-name': 'a', 'controller-uid': 'u-1' },
          },
        },
      },
    });
    // As the original's defaults do whenever they read a Job that names no labels.
    expect(made.metadata.labels).toMatchObject({ 'job-name': 'a', 'controller-uid': 'u-1' });
    expect(createErrors(job, { metadata, spec: { template: jobTemplate } })).toEqual([]);
  });

  test('do not restart for ever', () => {
    expect(
      createErrors(job, {
        metadata,
        spec: { template: { spec: { containers: jobTemplate.spec.containers } } },
      }),
    ).toEqual(['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"']);
  });

  test.each([
    ['*/5 * * * *', undefined],
    ['0 9-17 * jan,JUN mon-fri', undefined],
    ['@every 1h30m', undefined],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['@sometimes', 'unrecognized descriptor: @sometimes'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ])('schedule %s', (schedule, problem) => {
    const errors = createErrors(cronJob, {
      metadata,
      spec: { schedule, jobTemplate: { spec: { template: jobTemplate } } },
    });
    expect(errors).toEqual(
      problem === undefined ? [] : [`spec.schedule: Invalid value: ${JSON.stringify(schedule)}: ${problem}`],
    );
  });

  test('time zones are those of the IANA', () => {
    const at = (timeZone: string) =>
      createErrors(cronJob, {
        metadata,
        spec: { schedule: '@daily', timeZone, jobTemplate: { spec: { template: jobTemplate } } },
      });
    expect(at('Europe/Berlin')).toEqual([]);
    expect(at('Mars/Olympus')).toEqual([
      'spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus',
    ]);
  });
});
