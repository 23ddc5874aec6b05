import type { AnyObject } from '@gantry/machinery/object';
import { expect, test } from 'vitest';
import { compileKind } from '../../compile.ts';
import type { Pod } from '../../generated/types.ts';
import { admitted, stored, context as testContext } from '../../testing/objects.ts';
import { pod as podKind } from './pod.ts';

const { applyDefaults, validateUpdate, decode } = compileKind(podKind);

function make(status: object, spec: object = {}): AnyObject {
  const { object } = decode(
    {
      metadata: { name: 'a', namespace: 'n', uid: 'u', resourceVersion: '1' },
      spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
      status,
    },
    'Ignore',
  );
  applyDefaults(object);
  return object;
}

function errors(status: object, before: object = {}, spec: object = {}): string[] {
  const context = { now: new Date(), user: 'u', dryRun: false, subresource: 'status' };
  return validateUpdate(make(status, spec), make(before, spec), context).map(
    ({ field, message }) => `${field}: ${message}`,
  );
}

test('what a node writes is accepted', () => {
  expect(
    errors({
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'example.com/gate', status: 'True' },
      ],
      hostIP: '10.0.0.1',
      hostIPs: [{ ip: '10.0.0.1' }],
      podIPs: [{ ip: '10.1.0.1' }, { ip: 'fd00::1' }],
      containerStatuses: [{ name: 'c', state: { running: {} }, user: { linux: { uid: 1, gid: 1 } } }],
    }),
  ).toEqual([]);
});

test('conditions, addresses and users must be well formed', () => {
  expect(errors({ conditions: [{ type: 'no type!', status: 'True', observedGeneration: -1 }] })).toEqual([
    'status.conditions[0].observedGeneration: Invalid value: -1: must be a non-negative integer',
    expect.stringMatching(
      /^status\.conditions\[0\]\.Type: Invalid value: "no type!": name part must consist/,
    ),
  ]);
  expect(errors({ podIPs: [{ ip: '1.2.3.4' }, { ip: '1.2.3.5' }] })).toEqual([
    'status.podIPs: Invalid value: [{"IP":"1.2.3.4"},{"IP":"1.2.3.5"}]: may specify no more than one IP for each IP family',
  ]);
  expect(errors({ hostIP: '1.2.3.4', hostIPs: [{ ip: '1.2.3.5' }] })).toEqual([
    'status.hostIPs[0].ip: Invalid value: "1.2.3.5": must be equal to `hostIP`',
  ]);
  expect(errors({ containerStatuses: [{ name: 'c', user: { linux: { uid: -1, gid: 0 } } }] })).toEqual([
    'status.containerStatuses[0].user.linux.uid: Invalid value: -1: must be between 0 and 2147483647, inclusive',
  ]);
});

test('an address that was there before is kept, whatever it looks like', () => {
  const odd = { podIPs: [{ ip: '010.0.0.1' }] };
  expect(errors(odd)).not.toEqual([]);
  expect(errors(odd, odd)).toEqual([]);
});

test('a container that ended for good does not run again', () => {
  const ended = (exitCode: number): object => ({
    containerStatuses: [{ name: 'c', state: { terminated: { exitCode } } }],
  });
  const running = { containerStatuses: [{ name: 'c', state: { running: {} } }] };
  const refused = [
    'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state',
  ];
  expect(errors(running, ended(1))).toEqual([]);
  expect(errors(running, ended(1), { restartPolicy: 'OnFailure' })).toEqual([]);
  expect(errors(running, ended(0), { restartPolicy: 'OnFailure' })).toEqual(refused);
  expect(errors(running, ended(1), { restartPolicy: 'Never' })).toEqual(refused);
  expect(errors(ended(1), ended(1), { restartPolicy: 'Never' })).toEqual([]);
});

test('the quality of service stays, and a bound pod is nominated nowhere', () => {
  expect(errors({ qosClass: 'Guaranteed' }, { qosClass: 'BestEffort' })).toEqual([
    'status.qosClass: Invalid value: "Guaranteed": field is immutable',
  ]);
  expect(errors({ nominatedNodeName: 'b' }, {}, { nodeName: 'a' })).toEqual([
    'status.nominatedNodeName: Forbidden: may not be set on pods that are already bound to a node',
  ]);
});

test('a status that lacks them keeps the quality of service and the generations that were observed', () => {
  const metadata = { name: 'a', namespace: 'n' };
  const spec = { containers: [{ name: 'c', image: 'i' }] };
  const old = stored(podKind, { metadata, spec }) as unknown as Pod;
  const ready = { type: 'Ready', status: 'True' };
  old.status = { ...old.status, observedGeneration: 2, conditions: [{ ...ready, observedGeneration: 2 }] };
  const updated = (status?: object) => {
    const next = admitted(podKind, { metadata, spec, ...(status && { status }) });
    next.metadata.resourceVersion = '1';
    compileKind(podKind).prepareForUpdate(next, old as never, testContext('status'));
    expect(validateUpdate(next, old as never, testContext('status'))).toEqual([]);
    return next.status;
  };
  const kept = { qosClass: 'BestEffort', observedGeneration: 2 };
  expect(updated()).toEqual(kept);
  const conditions = [ready, { type: 'PodScheduled', status: 'True' }];
  expect(updated({ conditions })).toMatchObject({
    ...kept,
    conditions: [{ ...ready, observedGeneration: 2 }, { type: 'PodScheduled' }],
  });
  expect(updated({ observedGeneration: 3 })).toMatchObject({ observedGeneration: 3 });
});
