import { isObject } from '@gantry/machinery/json';
import { type FieldSpec, visitFields } from './field-spec.ts';
import { isScalar, textOf } from './json-tree.ts';
import type { Image } from './kustomization.ts';
import { type Place, StepError } from './problem.ts';
import type { Path, Resource } from './resource.ts';
import type { ResourceSet } from './resource-set.ts';
import { pattern, type TextTest } from './selector.ts';
import { Writes } from './written-by.ts';

const CONTAINERS = ['containers', 'initContainers'];
const DEPTH_MAX = 512;

/** One entry of `images`: in every list called containers or initContainers, and in the fields of the specs. */
export function setImages(set: ResourceSet, image: Image, specs: readonly FieldSpec[], place: Place): void {
  const length = (image.newName ?? '').length + (image.newTag ?? '').length + (image.digest ?? '').length;
  set.budget.checkLooks(specs.length, set.list.length);
  const isMeant = pattern(`^${image.name ?? ''}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  for (const resource of set.list) {
    if (resource.kind === 'CustomResourceDefinition') continue;
    const writes = new Writes();
    const change = (value: unknown, path: Path, write: (next: string) => void): void => {
      const next = changed(value, image, isMeant);
      if (next === undefined) return;
      set.budget.takeChanges(1, length + (image.tagSuffix ?? '').length);
      write(next);
      writes.add(path, next, place);
    };
    inContainers(resource.object, [], change);
    for (const spec of specs) inField(resource, spec, change);
    if (!writes.isEmpty) resource.layers.push(writes.layer);
  }
}

type Change = (value: unknown, path: Path, write: (next: string) => void) => void;

function inContainers(node: unknown, path: Path, change: Change): void {
  if (path.length > DEPTH_MAX) return;
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) inContainers(item, [...path, index], change);
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    inContainers(value, [...path, key], change);
    if (!CONTAINERS.includes(key) || !Array.isArray(value)) continue;
    value.forEach((container, index) => {
      if (!isObject(container) || container.image === undefined || container.image === null) return;
      change(container.image, [...path, key, index, 'image'], (next) => {
        container.image = next;
      });
    });
  }
}

function inField(resource: Resource, spec: FieldSpec, change: Change): void {
  visitFields(resource, spec, undefined, (field) => {
    const value = field.get();
    if (value !== null) change(value, field.path, (next) => field.set(next));
  });
}

/** The new image; undefined when this isn't the one that is meant. */
function changed(value: unknown, image: Image, isMeant: TextTest): string | undefined {
  if (!isScalar(value)) throw new StepError(`an image must be a text: ${JSON.stringify(value)}`);
  const text = textOf(value);
  if (!isMeant(text)) return undefined;
  const old = splitImage(text);
  const { newTag = '', digest = '', tagSuffix = '' } = image;
  let { tag, digest: sum } = old;
  if (newTag !== '') {
    tag = newTag;
    sum = digest;
  } else if (digest !== '') {
    tag = '';
    sum = digest;
  } else if (tagSuffix !== '') {
    tag += tagSuffix;
    sum = '';
  }
  const name = (image.newName ?? '') === '' ? old.name : image.newName;
  return `${name}${tag === '' ? '' : `:${tag}`}${sum === '' ? '' : `@${sum}`}`;
}

/** `host:5000/name:tag@sha256:…` in its parts. */
export function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at >= 0 && (colon < 0 || at < colon))
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (colon < 0) return { name: image, tag: '', digest: '' };
  if (at < 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
}
