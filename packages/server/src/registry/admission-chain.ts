import type { KindDefinition } from '@gantry/api/kind';
import { getOrMake } from '../cache/get-or-make.ts';
import { type AdmissionSeries, controllerSeries, stepSeries } from '../operations/admission-metrics.ts';
import type { AdmissionPlugin, AdmissionRequest, Operation } from '../request.ts';

/** A plugin that takes part, and where its time is counted. */
interface Timed {
  readonly plugin: AdmissionPlugin;
  readonly series: AdmissionSeries;
}

interface Chosen {
  readonly mutating: readonly Timed[];
  readonly validating: readonly Timed[];
  readonly steps: { readonly admit: AdmissionSeries; readonly validate: AdmissionSeries };
}

/** Runs the plugins that care for a kind and operation; the choice is made once for each. */
export class AdmissionChain {
  readonly #plugins: readonly AdmissionPlugin[];
  readonly #chosen = new WeakMap<KindDefinition, Map<string, Chosen>>();

  constructor(plugins: readonly AdmissionPlugin[]) {
    this.#plugins = plugins;
  }

  /** Returns a promise only if a plugin does. */
  mutate(request: AdmissionRequest): void | Promise<void> {
    const { mutating, steps } = this.#choose(request);
    return counted(steps.admit, () => {
      const pending = run(mutating, 'mutate', request, 0);
      return pending === undefined ? undefined : pending.then(() => this.#repeat(request));
    });
  }

  /** Once more, when a call out changed what plugins before it had seen. Such plugins are never synchronous. */
  #repeat(request: AdmissionRequest): void | Promise<void> {
    const { reinvocation } = request;
    if (reinvocation === undefined || !reinvocation.wanted || reinvocation.repeating) return;
    reinvocation.repeating = true;
    return run(this.#choose(request).mutating, 'mutate', request, 0);
  }

  validate(request: AdmissionRequest): void | Promise<void> {
    const { validating, steps } = this.#choose(request);
    return counted(steps.validate, () => run(validating, 'validate', request, 0));
  }

  #choose(request: AdmissionRequest): Chosen {
    const { kind, operation } = request;
    const { subresource } = request.attributes;
    const byOperation = getOrMake(this.#chosen, kind, () => new Map<string, Chosen>());
    return getOrMake(byOperation, `${operation}/${subresource}`, () =>
      this.#select(kind, operation, subresource),
    );
  }

  #select(kind: KindDefinition, operation: Operation, subresource: string): Chosen {
    const interested = this.#plugins.filter((plugin) => plugin.handles(kind, operation, subresource));
    const timed = (plugins: readonly AdmissionPlugin[], step: 'admit' | 'validate'): Timed[] =>
      plugins.map((plugin) => ({ plugin, series: controllerSeries(plugin.name, operation, step) }));
    return {
      mutating: timed(
        interested.filter((plugin) => plugin.mutate !== undefined),
        'admit',
      ),
      validating: timed(
        interested.filter((plugin) => plugin.validate !== undefined),
        'validate',
      ),
      steps: { admit: stepSeries(operation, 'admit'), validate: stepSeries(operation, 'validate') },
    };
  }
}

/** Does a whole step and counts how long it took. */
function counted(series: AdmissionSeries, step: () => void | Promise<void>): void | Promise<void> {
  const began = performance.now();
  let pending: void | Promise<void>;
  try {
    pending = step();
  } catch (error) {
    series.rejected.observe((performance.now() - began) / 1000);
    throw error;
  }
  if (pending instanceof Promise) return settled(pending, series, began);
  series.admitted.observe((performance.now() - began) / 1000);
}

function run(
  plugins: readonly Timed[],
  step: 'mutate' | 'validate',
  request: AdmissionRequest,
  from: number,
): void | Promise<void> {
  let began = performance.now();
  for (let index = from; index < plugins.length; index++) {
    const timed = plugins[index];
    if (timed === undefined) continue;
    const { plugin, series } = timed;
    let pending: void | Promise<void>;
    try {
      pending = plugin[step]?.(request);
    } catch (error) {
      series.rejected.observe((performance.now() - began) / 1000);
      throw error;
    }
    if (pending instanceof Promise)
      return settled(pending, series, began).then(() => run(plugins, step, request, index + 1));
    const now = performance.now();
    series.admitted.observe((now - began) / 1000);
    began = now;
  }
}

/** Counts how long it took to answer. */
async function settled(pending: Promise<void>, series: AdmissionSeries, began: number): Promise<void> {
  try {
    await pending;
    series.admitted.observe((performance.now() - began) / 1000);
  } catch (error) {
    series.rejected.observe((performance.now() - began) / 1000);
    throw error;
  }
}
