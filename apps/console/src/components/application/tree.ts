import type { ObjectRef } from '../../lib/paths.ts';
import type { ApplicationPage } from '../../lib/queries.ts';

type AppObject = ApplicationPage['objects'][number];
type Child = ApplicationPage['children'][number];

/** A line of the tree, in the order in which it is drawn. */
export interface TreeLine {
  readonly key: string;
  readonly depth: number;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Of an object that Git names. */
  readonly object?: AppObject;
  /** Of what a controller made. */
  readonly child?: Child;
  readonly ref?: ObjectRef;
}

const URGENCY: Readonly<Record<string, number>> = {
  Degraded: 0,
  Missing: 0,
  Progressing: 1,
  Unknown: 2,
  Healthy: 4,
};

const urgency = ({ health = 'Unknown', sync }: AppObject): number =>
  Math.min(URGENCY[health] ?? 3, sync === 'OutOfSync' ? 1 : 9);

function descendants(
  kind: string,
  namespace: string,
  name: string,
  children: readonly Child[],
  depth: number,
): TreeLine[] {
  return children
    .filter(({ owner, ref }) => owner.kind === kind && owner.name === name && ref.namespace === namespace)
    .flatMap((child) => [
      {
        key: `${child.kind}/${namespace}/${child.ref.name}`,
        depth,
        kind: child.kind,
        name: child.ref.name,
        namespace,
        child,
        ref: child.ref,
      },
      ...(depth < 3 ? descendants(child.kind, namespace, child.ref.name, children, depth + 1) : []),
    ]);
}

/** Objects of an Application with what their controllers made, what is broken first. */
export function treeLines(objects: readonly AppObject[], children: readonly Child[]): TreeLine[] {
  return [...objects]
    .sort(
      (a, b) =>
        urgency(a) - urgency(b) ||
        (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind < b.kind ? -1 : 1),
    )
    .flatMap((object) => [
      {
        key: `${object.apiVersion}/${object.kind}/${object.namespace ?? ''}/${object.name}`,
        depth: 0,
        kind: object.kind,
        name: object.name,
        namespace: object.namespace ?? '',
        object,
      },
      ...descendants(object.kind, object.namespace ?? '', object.name, children, 1),
    ]);
}
