import type { AnyObject } from '@gantry/machinery/object';
import type { Position } from '@gantry/machinery/yaml';

/** Where a field is written. */
export interface SourcePosition extends Position {
  /** When it is another file than the object's: a patch, a kustomization. */
  readonly file?: string;
}

/** One object of a commit, and where it stands. */
export interface SourceObject {
  readonly object: AnyObject;
  readonly file: string;
  /** Of the document's first line with content. */
  readonly line: number;
  /** Of a field; of its nearest ancestor when the field itself isn't written. */
  positionOf(path: readonly (string | number)[]): SourcePosition;
}

/** File and line of a field: of the manifest, or of the patch or kustomization that wrote it. */
export function placeOfField(
  source: SourceObject,
  path: readonly (string | number)[],
): { readonly file: string; readonly line: number } {
  const { file = source.file, line } = source.positionOf(path);
  return { file, line };
}

/** What is wrong with a commit, at one place. */
export interface SourceProblem {
  readonly file: string;
  readonly line?: number;
  /** `Deployment/web` */
  readonly object?: string;
  /** `spec.template.spec.containers[0].image` */
  readonly field?: string;
  readonly reason: string;
}

/** `web.yaml:12: Deployment/web spec.replicas: Invalid value: …` */
export function formatProblem(problem: SourceProblem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const subject = [problem.object, problem.field]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return `${place}: ${subject === '' ? '' : `${subject}: `}${problem.reason}`;
}

export const nameOf = (object: { kind: string; metadata: { name: string } }): string =>
  `${object.kind}/${object.metadata.name}`;
