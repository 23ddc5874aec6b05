import { setInterval as everyInterval } from 'node:timers/promises';
import { keyOf } from '@gantry/client/keys';
import type { Informer } from '@gantry/client/port';
import { type Timers, Workqueue } from '@gantry/client/workqueue';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { managedControllers, observeQueue, showQueue } from './metrics.ts';
import type { Controller, ControllerContext, Input } from './port.ts';

const DEFAULT_CONCURRENCY = 5;

/** Each controller may have its own log and recorder (events name the controller as their source). */
export type ContextFor = (controller: Controller) => ControllerContext;

/**
 * Runs controllers until the signal ends: wires their inputs to a work queue each, starts all informers, waits for
 * their first lists, then works. Resolves when every worker has finished its last key.
 */
export async function runControllers(
  controllers: readonly Controller[],
  contextFor: ContextFor,
  signal: AbortSignal,
  options: { readonly timers?: Timers; readonly manager?: string } = {},
): Promise<void> {
  const loops = controllers.map((controller) => wire(controller, contextFor(controller), options.timers));
  const [first] = loops;
  if (first === undefined) return;
  await first.context.informers.startAll(signal);
  if (signal.aborted) return;
  const { manager } = options;
  for (const { controller, context, queue } of loops) {
    controller.start?.(context, (key) => queue.add(key), signal);
    if (manager !== undefined) managedControllers.set({ name: controller.name, manager }, 1);
  }
  try {
    await Promise.all(loops.map((loop) => work(loop, signal)));
  } finally {
    for (const { controller } of loops)
      if (manager !== undefined) managedControllers.set({ name: controller.name, manager }, 0);
  }
}

interface Loop {
  readonly controller: Controller;
  readonly context: ControllerContext;
  readonly queue: Workqueue;
  readonly main: Informer<KubeObject> | undefined;
  readonly mainKeys: (object: KubeObject) => readonly string[];
}

function wire(controller: Controller, context: ControllerContext, timers: Timers | undefined): Loop {
  const observer = observeQueue(controller.name);
  const queue = new Workqueue(timers === undefined ? { observer } : { observer, timers });
  const keysOf =
    (input: Input<KubeObject>) =>
    (object: KubeObject, old?: KubeObject): readonly string[] =>
      input.keys === undefined ? [keyOf(object)] : input.keys(object, old, context);
  controller.setup?.(context, (key, afterMs) =>
    afterMs === undefined ? queue.add(key) : queue.addAfter(key, afterMs),
  );
  const inputs = controller.inputs as unknown as readonly Input<KubeObject>[];
  const informers = inputs.map((input) => {
    const informer = context.informers.informer(input.resource);
    const keys = keysOf(input);
    const wake = (object: KubeObject, old?: KubeObject) => {
      for (const key of keys(object, old)) queue.add(key);
    };
    informer.addHandler({ onUpdate: wake, onDelete: (object) => wake(object) });
    return informer;
  });
  const [main] = inputs;
  return {
    controller,
    context,
    queue,
    main: informers[0],
    mainKeys: main === undefined ? () => [] : keysOf(main),
  };
}

async function work(loop: Loop, signal: AbortSignal): Promise<void> {
  const { controller, queue } = loop;
  const hide = showQueue(controller.name, queue);
  signal.addEventListener('abort', () => queue.close(), { once: true });
  const workers = Array.from({ length: controller.concurrency ?? DEFAULT_CONCURRENCY }, async () => {
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
      await runKey(loop, key, signal);
      queue.done(key);
    }
  });
  void resync(loop, signal);
  await Promise.all(workers);
  hide();
}

async function resync({ controller, queue, main, mainKeys }: Loop, signal: AbortSignal): Promise<void> {
  if (controller.resyncMs === undefined || main === undefined) return;
  try {
    for await (const _ of everyInterval(controller.resyncMs, undefined, { signal, ref: false }))
      for (const object of main.list()) for (const key of mainKeys(object)) queue.add(key);
  } catch {
    // The signal ended.
  }
}

async function runKey(loop: Loop, key: string, signal: AbortSignal): Promise<void> {
  const { controller, context, queue } = loop;
  const { name } = controller;
  try {
    const outcome = await controller.reconcile(key, context);
    queue.forget(key);
    if (outcome.type === 'requeueAfter') queue.addAfter(key, outcome.ms);
    else if (outcome.type === 'stalled')
      context.log.warn({ controller: name, key, because: outcome.because }, 'stalled');
  } catch (error) {
    if (signal.aborted) return;
    queue.addRateLimited(key);
    // These only say that the cache was a moment behind.
    const isStale = isStatusError(error) && ['Conflict', 'AlreadyExists', 'NotFound'].includes(error.reason);
    context.log[isStale ? 'debug' : 'warn'](
      {
        controller: name,
        key,
        failures: queue.failuresOf(key),
        error: isStatusError(error) ? error.message : error,
      },
      'reconcile failed',
    );
  }
}
