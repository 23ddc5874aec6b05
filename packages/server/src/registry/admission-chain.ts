import type { KindDefinition } from '@gantry/api/kind';
import { getOrMake } from '../cache/get-or-make.ts';
import type { AdmissionPlugin, AdmissionRequest, Operation } from '../request.ts';

interface Chosen {
  readonly mutating: readonly AdmissionPlugin[];
  readonly validating: readonly AdmissionPlugin[];
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
    const pending = run(this.#choose(request).mutating, 'mutate', request, 0);
    return pending === undefined ? undefined : pending.then(() => this.#repeat(request));
  }

  /** Once more, when a call out changed what plugins before it had seen. Such plugins are never synchronous. */
  #repeat(request: AdmissionRequest): void | Promise<void> {
    const { reinvocation } = request;
    if (reinvocation === undefined || !reinvocation.wanted || reinvocation.repeating) return;
    reinvocation.repeating = true;
    return run(this.#choose(request).mutating, 'mutate', request, 0);
  }

  validate(request: AdmissionRequest): void | Promise<void> {
    return run(this.#choose(request).validating, 'validate', request, 0);
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
    return {
      mutating: interested.filter((plugin) => plugin.mutate !== undefined),
      validating: interested.filter((plugin) => plugin.validate !== undefined),
    };
  }
}

function run(
  plugins: readonly AdmissionPlugin[],
  step: 'mutate' | 'validate',
  request: AdmissionRequest,
  from: number,
): void | Promise<void> {
  for (let index = from; index < plugins.length; index++) {
    const pending = plugins[index]?.[step]?.(request);
    if (pending instanceof Promise) return pending.then(() => run(plugins, step, request, index + 1));
  }
}
