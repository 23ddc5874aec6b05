import type { FieldsV1 } from '../object.ts';

/**
 * Sets of fields, kept in their wire form: a FieldsV1 trie is the set, so that stored sets need no decoding.
 *
 * A node is a member when it has the key `.` or no key at all; the root is never a member, and an empty root is the
 * empty set. Nodes without members below don't occur. Sets are never changed in place and share their parts.
 * https://github.com/kubernetes-sigs/structured-merge-diff
 */
export type FieldSet = FieldsV1;

const LEAF: FieldSet = Object.freeze({});
export const EMPTY_SET: FieldSet = LEAF;

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

function isMember(node: FieldSet): boolean {
  return '.' in node || isEmptySet(node);
}

/** Keys sorted as clients see them: `.` first, then fields, keys and values. */
function sorted(node: FieldSet): FieldSet {
  const out: FieldSet = {};
  for (const key of Object.keys(node).sort()) {
    const child = node[key];
    if (child !== undefined) out[key] = child;
  }
  return out;
}

/** Collects children of one node while a walk goes through an object, then gives the node, or null if it is nothing. */
export function makeNode(member: boolean, children: FieldSet | null): FieldSet | null {
  if (children === null) return member ? LEAF : null;
  const keys = Object.keys(children);
  if (keys.length > 1) keys.sort();
  const out: FieldSet = {};
  if (member) out['.'] = LEAF;
  for (const key of keys) {
    const child = children[key];
    if (child !== undefined) out[key] = child;
  }
  return out;
}

function unionNodes(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  if (isEmptySet(b)) return isMember(a) ? a : { '.': LEAF, ...a };
  if (isEmptySet(a)) return isMember(b) ? b : { '.': LEAF, ...b };
  let out: FieldSet | null = null;
  let grown = false;
  for (const key in b) {
    const mine = a[key];
    const theirs = b[key];
    if (theirs === undefined) continue;
    const merged = mine === undefined ? theirs : key === '.' ? LEAF : unionNodes(mine, theirs);
    if (mine === merged || (key === '.' && mine !== undefined)) continue;
    out ??= { ...a };
    if (mine === undefined) grown = true;
    out[key] = merged;
  }
  if (out === null) return a;
  return grown ? sorted(out) : out;
}

/** Members of either set. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  return unionNodes(a, b);
}

/** `a` without the members of `b`, node by node: children of a member of `b` stay. Null when nothing is left. */
function differenceNodes(a: FieldSet, b: FieldSet, root: boolean): FieldSet | null {
  if (!root && isEmptySet(a)) return isMember(b) ? null : a;
  const dropMember = !root && '.' in a && isMember(b);
  let out: FieldSet | null = null;
  for (const key in b) {
    const mine = a[key];
    const theirs = b[key];
    if (key === '.' || mine === undefined || theirs === undefined) continue;
    const rest = differenceNodes(mine, theirs, false);
    if (rest === mine) continue;
    out ??= { ...a };
    if (rest === null) delete out[key];
    else out[key] = rest;
  }
  if (dropMember) {
    out ??= { ...a };
    delete out['.'];
  }
  return out === null ? a : tidy(out);
}

/** Null for a node that lost everything, the leaf for one that is only a member itself. */
function tidy(node: FieldSet): FieldSet | null {
  for (const key in node) if (key !== '.') return node;
  return '.' in node ? LEAF : null;
}

/** Members of `a` that aren't in `b`. Gives `a` itself when nothing goes. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return a;
  return differenceNodes(a, b, true) ?? EMPTY_SET;
}

function recursiveNodes(a: FieldSet, b: FieldSet): FieldSet | null {
  let out: FieldSet | null = null;
  for (const key in b) {
    const mine = a[key];
    const theirs = b[key];
    if (key === '.' || mine === undefined || theirs === undefined) continue;
    const rest = isMember(theirs) ? null : isEmptySet(mine) ? mine : recursiveNodes(mine, theirs);
    if (rest === mine) continue;
    out ??= { ...a };
    if (rest === null) delete out[key];
    else out[key] = rest;
  }
  return out === null ? a : tidy(out);
}

/** `a` without the members of `b` and everything below them. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return a;
  return recursiveNodes(a, b) ?? EMPTY_SET;
}

function intersectNodes(a: FieldSet, b: FieldSet, root: boolean): FieldSet | null {
  const member = !root && isMember(a) && isMember(b);
  let children: FieldSet | null = null;
  for (const key in a) {
    const mine = a[key];
    const theirs = b[key];
    if (key === '.' || mine === undefined || theirs === undefined) continue;
    const both = intersectNodes(mine, theirs, false);
    if (both === null) continue;
    children ??= {};
    children[key] = both;
  }
  if (children === null) return member ? LEAF : null;
  return member ? { '.': LEAF, ...children } : children;
}

/** Members of both sets. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  return intersectNodes(a, b, true) ?? EMPTY_SET;
}

export function hasPath(set: FieldSet, path: readonly string[]): boolean {
  let node: FieldSet | undefined = set;
  for (const element of path) {
    node = Object.hasOwn(node, element) ? node[element] : undefined;
    if (node === undefined) return false;
  }
  return path.length > 0 && isMember(node);
}

/** The node is in the set as itself, not only by what is below it. */
export function nodeIsMember(node: FieldSet | undefined): boolean {
  return node !== undefined && isMember(node);
}

/** Part of the set below one path element; undefined when nothing is below. */
export function below(node: FieldSet | undefined): FieldSet | undefined {
  if (node === undefined || isEmptySet(node)) return undefined;
  if ('.' in node) {
    for (const key in node) if (key !== '.') return node;
    return undefined;
  }
  return node;
}

/** Paths of all members; at each level members come before what is below them. */
export function paths(set: FieldSet): string[][] {
  const out: string[][] = [];
  const walk = (node: FieldSet, prefix: string[]): void => {
    const keys = Object.keys(node).filter((key) => key !== '.');
    for (const key of keys) if (nodeIsMember(node[key])) out.push([...prefix, key]);
    for (const key of keys) {
      const child = below(node[key]);
      if (child !== undefined) walk(child, [...prefix, key]);
    }
  };
  walk(set, []);
  return out;
}
