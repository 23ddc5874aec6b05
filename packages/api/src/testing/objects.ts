import type { AnyObject } from '@gantry/machinery/object';
import { compileKind } from '../compile.ts';
import type { KindDefinition, StrategyContext } from '../kind.ts';

/** A fixed moment, so that ages and times in tests are exact. */
export const NOW = new Date('2025-06-01T12:00:00Z');

export const context = (subresource = ''): StrategyContext => ({
  now: NOW,
  user: 'tester',
  dryRun: false,
  subresource,
});

/** Decodes and defaults, as the server does with a body. */
export function admitted(kind: KindDefinition, value: unknown): AnyObject {
  const compiled = compileKind(kind);
  const { object } = compiled.decode(structuredClone(value), 'Strict');
  compiled.applyDefaults(object);
  return object;
}

/** `path: message` of every error on create. */
export function createErrors(kind: KindDefinition, value: unknown): string[] {
  const compiled = compileKind(kind);
  const object = admitted(kind, value);
  compiled.prepareForCreate(object, context());
  return compiled.validateCreate(object, context()).map(({ field, message }) => `${field}: ${message}`);
}

/** `path: message` of every error of an update from one value to another. */
export function updateErrors(
  kind: KindDefinition,
  before: unknown,
  after: unknown,
  subresource = '',
): string[] {
  const compiled = compileKind(kind);
  const old = stored(kind, before);
  const object = admitted(kind, after);
  object.metadata.resourceVersion = '1';
  compiled.prepareForUpdate(object, old, context(subresource));
  return compiled
    .validateUpdate(object, old, context(subresource))
    .map(({ field, message }) => `${field}: ${message}`);
}

/** The object as it is after its creation. */
export function stored(kind: KindDefinition, value: unknown): AnyObject {
  const object = admitted(kind, value);
  compileKind(kind).prepareForCreate(object, context());
  object.metadata.resourceVersion = '1';
  return object;
}
