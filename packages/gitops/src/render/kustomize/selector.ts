import { compilePattern } from '@gantry/cel/functions/regular-expressions';
import { matchesLabels, parseLabelSelector } from '@gantry/machinery/label-selector';
import type { Gvk, ObjectId } from './gvk.ts';
import { effectiveNamespace } from './gvk.ts';
import type { Target } from './kustomization.ts';
import { StepError } from './problem.ts';
import type { Resource } from './resource.ts';

export type TextTest = (text: string) => boolean;

/** A regular expression as Kustomize takes it, in RE2's syntax and time. Throws StepError. */
export function pattern(source: string): TextTest {
  try {
    const compiled = compilePattern(source);
    return (text) => compiled.matcher(text).find();
  } catch (error) {
    throw new StepError(
      `Invalid value: ${JSON.stringify(source)}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Undefined for the empty pattern, which matches anything. */
const anchored = (source: string | undefined): TextTest | undefined =>
  source === undefined || source === '' ? undefined : pattern(`^(?:${source})$`);

/** The parts of a target, each a regular expression that must match the whole. */
export class TargetTest {
  readonly #group: TextTest | undefined;
  readonly #version: TextTest | undefined;
  readonly #kind: TextTest | undefined;
  readonly #name: TextTest | undefined;
  readonly #namespace: TextTest | undefined;
  readonly #labels: ((labels: Readonly<Record<string, string>>) => boolean) | undefined;
  readonly #annotations: ((labels: Readonly<Record<string, string>>) => boolean) | undefined;

  constructor(target: Target) {
    this.#group = anchored(target.group);
    this.#version = anchored(target.version);
    this.#kind = anchored(target.kind);
    this.#name = anchored(target.name);
    this.#namespace = anchored(target.namespace);
    this.#labels = selectorTest(target.labelSelector);
    this.#annotations = selectorTest(target.annotationSelector);
  }

  gvk(gvk: Gvk): boolean {
    return (
      (this.#group?.(gvk.group) ?? true) &&
      (this.#version?.(gvk.version) ?? true) &&
      (this.#kind?.(gvk.kind) ?? true)
    );
  }

  name(name: string): boolean {
    return this.#name?.(name) ?? true;
  }

  namespace(namespace: string): boolean {
    return this.#namespace?.(namespace) ?? true;
  }

  id(id: ObjectId): boolean {
    return this.gvk(id) && this.name(id.name) && this.namespace(id.namespace);
  }

  texts(resource: Resource): boolean {
    return (
      (this.#labels?.(resource.texts('labels')) ?? true) &&
      (this.#annotations?.(resource.texts('annotations')) ?? true)
    );
  }

  /** By what the object is called now or was called in the beginning. */
  resource(resource: Resource): boolean {
    const { id, originalId } = resource;
    return (
      (this.namespace(effectiveNamespace(originalId)) || this.namespace(effectiveNamespace(id))) &&
      (this.name(originalId.name) || this.name(id.name)) &&
      this.gvk(id) &&
      this.texts(resource)
    );
  }
}

function selectorTest(
  selector: string | undefined,
): ((labels: Readonly<Record<string, string>>) => boolean) | undefined {
  if (selector === undefined || selector === '') return undefined;
  try {
    const requirements = parseLabelSelector(selector);
    return (labels) => matchesLabels(requirements, labels);
  } catch (error) {
    throw new StepError(
      `Invalid value: ${JSON.stringify(selector)}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
