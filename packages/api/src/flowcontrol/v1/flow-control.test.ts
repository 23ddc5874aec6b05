import { expect, test } from 'vitest';
import { admitted, createErrors } from '../../testing/objects.ts';
import { flowSchema } from './flow-schema.ts';
import { mandatoryFlowSchemas, mandatoryPriorityLevels } from './mandatory.ts';
import { priorityLevelConfiguration } from './priority-level-configuration.ts';

const named = (name: string, spec: object) => ({ metadata: { name }, spec });

test('defaults', () => {
  const schema = admitted(flowSchema, named('a', { priorityLevelConfiguration: { name: 'b' } }));
  expect(schema.spec).toMatchObject({ matchingPrecedence: 1000 });
  const level = admitted(
    priorityLevelConfiguration,
    named('a', { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: { queues: 9 } } } }),
  );
  expect(level.spec).toMatchObject({
    limited: {
      nominalConcurrencyShares: 30,
      lendablePercent: 0,
      limitResponse: { queuing: { queues: 9, handSize: 8, queueLengthLimit: 50 } },
    },
  });
});

test('what is mandatory is valid, and fixed', () => {
  for (const [name, spec] of Object.entries(mandatoryFlowSchemas)) {
    expect(createErrors(flowSchema, named(name, spec))).toEqual([]);
    const changed = { ...spec, rules: [] };
    expect(createErrors(flowSchema, named(name, changed))).toEqual([
      expect.stringContaining(`spec of '${name}' must equal the fixed value`),
    ]);
  }
  for (const [name, spec] of Object.entries(mandatoryPriorityLevels))
    expect(createErrors(priorityLevelConfiguration, named(name, spec))).toEqual([]);
  const tuned = { type: 'Exempt', exempt: { lendablePercent: 50 } };
  expect(createErrors(priorityLevelConfiguration, named('exempt', tuned))).toEqual([]);
});

test('flow schemas', () => {
  const errors = createErrors(
    flowSchema,
    named('a', {
      matchingPrecedence: 1,
      priorityLevelConfiguration: {},
      distinguisherMethod: { type: 'ByColour' },
      rules: [
        { subjects: [{ kind: 'User', group: { name: 'g' } }], resourceRules: [{ verbs: ['*', 'get'] }] },
      ],
    }),
  );
  expect(errors).toEqual([
    "spec.matchingPrecedence: Invalid value: 1: only the schema named 'exempt' may have matchingPrecedence 1",
    'spec.distinguisherMethod.type: Unsupported value: {"Type":"ByColour"}: supported values: "ByNamespace", "ByUser"',
    'spec.priorityLevelConfiguration.name: Required value: must reference a priority level',
    "spec.rules[0].subjects[0].user: Required value: user is required when subject kind is 'User'",
    "spec.rules[0].subjects[0].group: Forbidden: group is forbidden when subject kind is not 'Group'",
    'spec.rules[0].resourceRules[0].verbs: Invalid value: ["*","get"]: if \'*\' is present, must not specify other verbs',
    'spec.rules[0].resourceRules[0].apiGroups: Required value: resource rules must supply at least one api group',
    'spec.rules[0].resourceRules[0].resources: Required value: resource rules must supply at least one resource',
    'spec.rules[0].resourceRules[0].namespaces: Required value: resource rules that are not cluster scoped must supply at least one namespace',
  ]);
});

test('priority levels', () => {
  const queuing = { queues: 512, handSize: 8, queueLengthLimit: 1 };
  const spec = { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing } } };
  expect(createErrors(priorityLevelConfiguration, named('a', spec))).toEqual([
    'spec.limited.limitResponse.queuing.handSize: Invalid value: 8: required entropy bits of deckSize 512 and handSize 8 should not be greater than 60',
  ]);
  expect(createErrors(priorityLevelConfiguration, named('a', { type: 'Exempt' }))).toEqual([
    "spec.type: Invalid value: \"Exempt\": must be 'Exempt' if and only if `name` is 'exempt'",
  ]);
});
