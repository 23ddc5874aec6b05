import { describe, expect, it } from 'vitest';
import { containerState } from './container-state.ts';

const podOf = (status: object) => ({ status: { containerStatuses: [{ name: 'main', ...status }] } });
const waiting = (reason: string, message = '') => ({ state: { waiting: { reason, message } } });
const ended = (containerID: string) => ({ terminated: { reason: 'Error', exitCode: 1, containerID } });

describe('a container', () => {
  it('has no log until it has begun, and its status says why', () => {
    expect(containerState(podOf(waiting('ContainerCreating')), 'main')).toEqual({
      ...{ hasLog: false, hasPreviousLog: false, isRunning: false, hasEnded: false },
      restarts: 0,
      ...{ reason: 'ContainerCreating', message: '' },
    });
    expect(containerState(podOf(waiting('ImagePullBackOff', 'no such image')), 'main')).toMatchObject({
      ...{ hasLog: false, reason: 'ImagePullBackOff', message: 'no such image' },
    });
  });

  it('has a log while it runs', () => {
    const running = podOf({ containerID: 'containerd://1', state: { running: { startedAt: 'now' } } });
    expect(containerState(running, 'main')).toMatchObject({ hasLog: true, isRunning: true, reason: '' });
    // The node knows which container it is a moment later.
    expect(containerState(podOf({ state: { running: {} } }), 'main').hasLog).toBe(false);
  });

  it('keeps its log after its end, when there was a container at all', () => {
    expect(containerState(podOf({ state: ended('containerd://1') }), 'main')).toMatchObject({
      ...{ hasLog: true, hasPreviousLog: false, hasEnded: true, reason: 'Error' },
    });
    expect(containerState(podOf({ state: ended('') }), 'main').hasLog).toBe(false);
    const again = { state: ended(''), lastState: ended('containerd://1') };
    expect(containerState(podOf(again), 'main').hasLog).toBe(true);
  });

  it('that waits to be started again has the log of its last run', () => {
    const crashed = { ...waiting('CrashLoopBackOff'), restartCount: 2, lastState: ended('containerd://1') };
    expect(containerState(podOf(crashed), 'main')).toMatchObject({
      ...{ hasLog: true, hasPreviousLog: true, isRunning: false, restarts: 2, reason: 'CrashLoopBackOff' },
    });
  });

  it('may be one that prepares the pod, or was added to it', () => {
    for (const list of ['initContainerStatuses', 'ephemeralContainerStatuses']) {
      const status = { [list]: [{ name: 'main', containerID: 'x', state: { running: {} } }] };
      expect(containerState({ status }, 'main').isRunning, list).toBe(true);
    }
  });

  it('of a pod without a node has the reason of the scheduler', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' },
    ];
    expect(containerState({ status: { conditions } }, 'main')).toMatchObject({
      ...{ hasLog: false, reason: 'Unschedulable', message: '0/1 nodes' },
    });
    expect(containerState({ status: { reason: 'Evicted' } }, 'main').reason).toBe('Evicted');
    expect(containerState({}, 'main')).toMatchObject({ hasLog: false, reason: '', message: '' });
    expect(containerState(undefined, 'main').hasLog).toBe(false);
  });
});
