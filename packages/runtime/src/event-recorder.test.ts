import { events } from '@gantry/client/resources';
import { FakeClient } from '@gantry/client/testing/fake-client';
import { expect, test, vi } from 'vitest';
import { createEventRecorder } from './event-recorder.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'a', name: 'web', uid: 'u' } };

const setup = () => {
  const client = new FakeClient();
  let now = 1_700_000_000_000;
  const recorder = createEventRecorder({
    client,
    component: 'kubelet',
    host: 'n1',
    clock: { now: () => now },
  });
  return {
    client,
    recorder,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

test('an event is named after its object and the time, and counted when it comes again', async () => {
  const { client, recorder, advance } = setup();
  recorder.event(pod, 'Warning', 'BackOff', 'again', 'spec.containers{web}');
  await vi.waitFor(() => expect(client.all(events)).toHaveLength(1));
  advance(5_000);
  recorder.event(pod, 'Warning', 'BackOff', 'again', 'spec.containers{web}');
  await vi.waitFor(() => expect(client.all(events)[0]?.count).toBe(2));
  expect(client.all(events)[0]).toMatchObject({
    metadata: { name: 'web.17979cfe362a0000', namespace: 'a' },
    involvedObject: { kind: 'Pod', name: 'web', uid: 'u', fieldPath: 'spec.containers{web}' },
    source: { component: 'kubelet', host: 'n1' },
    reportingComponent: 'kubelet',
    firstTimestamp: '2023-11-14T22:13:20Z',
    lastTimestamp: '2023-11-14T22:13:25Z',
  });
});

test('many messages of one reason become one combined event, and a flood is dropped', async () => {
  const { client, recorder } = setup();
  for (let i = 0; i < 40; i++) recorder.event(pod, 'Normal', 'Pulled', `image ${i}`);
  await vi.waitFor(() =>
    expect(client.all(events).map((event) => [event.message, event.count])).toContainEqual([
      '(combined from similar events): image 24',
      16,
    ]),
  );
  expect(client.all(events)).toHaveLength(10);
});
