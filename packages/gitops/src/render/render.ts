import type { HelmSource } from '@gantry/api/generated/types';
import { isObject } from '@gantry/machinery/json';
import { type AnyObject, parseGroupVersion } from '@gantry/machinery/object';
import type { Credentials } from '../git/credentials.ts';
import { cleanFolder, GitError, type Tree, type TreeFile } from '../git/tree.ts';
import { withDefinedKinds } from './defined-kinds.ts';
import { TOTAL_MAX_BYTES } from './files.ts';
import type { Helm } from './helm/helm.ts';
import { jsonSize } from './json-size.ts';
import type { KindFinder } from './kinds.ts';
import { FILE_NAMES } from './kustomize/kustomization.ts';
import { kustomize } from './kustomize/kustomize.ts';
import { ownFolder } from './own-address.ts';
import { renderPlain } from './plain.ts';
import { nameOf, placeOfField, type SourceObject, type SourceProblem } from './source-object.ts';

export interface Rendered {
  readonly commit: string;
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
  /** All that it was made from: while these are the same in another commit, so is this. Absent: the whole repository. */
  readonly folders?: readonly string[];
  /** How long it may stand for the same files; absent: for ever. */
  readonly freshMs?: number;
  /** Version of the chart, when it comes from a chart repository. */
  readonly chartVersion?: string;
}

/** How a folder is rendered, beyond what its files say. */
export interface RenderOptions {
  /** spec.source.helm */
  readonly helm?: HelmSource;
  /** What opens the chart's repository; asked for when it is fetched. Throws GitError. */
  readonly credentials?: () => Promise<Credentials | undefined>;
  /** Of the Application: what a chart's release is called when nothing else is said. */
  readonly name?: string;
  /** The namespace of the Application, by which what is fetched is shared fairly. */
  readonly tenant?: string;
  /** The repository's own address: a Kustomize base there is a folder of this commit. */
  readonly url?: string;
}

/** What renders charts; without it they are problems. */
export interface RenderTools {
  readonly helm?: Helm;
}

/** `group/Kind/namespace/name`: what makes two manifests the same object, whatever their version. */
export function identityOf(object: AnyObject): string {
  return `${parseGroupVersion(object.apiVersion).group}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

interface Made {
  readonly objects: readonly SourceObject[];
  readonly problems: readonly SourceProblem[];
  readonly folders?: readonly string[];
  readonly freshMs?: number;
  /** Version of the chart, when it comes from a chart repository. */
  readonly chartVersion?: string;
}

/**
 * What a commit's folder stands for: a kustomization, a chart, or the manifests in it. Objects that name no namespace get
 * `namespace` when their kind has one. What is wrong comes back as problems. Throws GitError for a folder that isn't
 * there, and over a limit.
 */
export async function render(
  tree: Tree,
  folder: string,
  namespace: string,
  kinds: KindFinder,
  options: RenderOptions = {},
  tools: RenderTools = {},
): Promise<Rendered> {
  const listed = await tree.list(folder);
  const type = typeOf(folder, listed, options);
  const made = await make(type, tree, folder, listed, { options, tools, namespace });
  checkSize(made.objects);
  const problems = [...made.problems];
  const objects: SourceObject[] = [];
  const named = made.objects.filter((source) => {
    const problem = whyNoObject(source);
    if (problem !== undefined) problems.push(problem);
    return problem === undefined;
  });
  const all = withDefinedKinds(
    kinds,
    named.map(({ object }) => object),
  );
  for (const source of named) {
    const problem = await place(source, namespace, all, type === 'plain');
    if (problem === undefined) objects.push(source);
    else problems.push(problem);
  }
  problems.push(...duplicates(objects));
  return { ...made, commit: tree.commit, objects, problems };
}

type SourceType = 'plain' | 'kustomize' | 'helm';

function typeOf(folder: string, listed: readonly TreeFile[], { helm }: RenderOptions): SourceType {
  if (helm !== undefined) return 'helm';
  const clean = cleanFolder(folder);
  const has = (name: string): boolean => {
    const path = clean === '' ? name : `${clean}/${name}`;
    return listed.some((file) => file.path === path);
  };
  if (FILE_NAMES.some(has)) return 'kustomize';
  return has('Chart.yaml') ? 'helm' : 'plain';
}

interface MakeContext {
  readonly options: RenderOptions;
  readonly tools: RenderTools;
  readonly namespace: string;
}

async function make(
  type: SourceType,
  tree: Tree,
  folder: string,
  listed: readonly TreeFile[],
  { options, tools, namespace }: MakeContext,
): Promise<Made> {
  if (type === 'plain') return { ...(await renderPlain(tree, listed)), folders: [folder] };
  if (type === 'kustomize') return kustomize(tree, cleanFolder(folder), ownFolder(options.url));
  if (tools.helm === undefined)
    return { objects: [], problems: [{ file: folder, reason: 'a Helm chart: no helm is set up here' }] };
  const { helm: source = {}, name = 'release', credentials, tenant = '' } = options;
  const request = { tree, folder: cleanFolder(folder), listed, source, name, namespace, tenant };
  return tools.helm.render({ ...request, ...(credentials === undefined ? {} : { credentials }) });
}

/** However small the files: aliases and names that are referred to make much of little. */
function checkSize(objects: readonly SourceObject[]): void {
  let size = 0;
  for (const { object } of objects) size += jsonSize(object, TOTAL_MAX_BYTES - size);
  if (size > TOTAL_MAX_BYTES)
    throw new GitError(
      `the objects have more than ${TOTAL_MAX_BYTES} bytes together, aliases and copies counted: at most so many are applied`,
    );
}

/** A patch may leave out what makes an object, and Kustomize takes for a name what YAML reads as a number. */
function whyNoObject(source: SourceObject): SourceProblem | undefined {
  const { apiVersion, kind, metadata }: { [field: string]: unknown } = source.object;
  const { name, namespace } = isObject(metadata) ? metadata : {};
  const wrong = (path: string[], value: unknown): SourceProblem => ({
    ...placeOfField(source, path),
    ...(typeof kind === 'string' ? { object: kind } : {}),
    field: path.join('.'),
    reason:
      value === undefined || value === ''
        ? 'Required value'
        : `Invalid value: ${JSON.stringify(value)}: must be a string: put it in quotes`,
  });
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  if (!isText(apiVersion)) return wrong(['apiVersion'], apiVersion);
  if (!isText(kind)) return wrong(['kind'], kind);
  if (!isText(name)) return wrong(['metadata', 'name'], name);
  if (namespace !== undefined && !isText(namespace)) return wrong(['metadata', 'namespace'], namespace);
  return undefined;
}

/** Fills or clears the namespace; a problem when the server has no such kind. */
async function place(
  source: SourceObject,
  namespace: string,
  kinds: KindFinder,
  isStrict: boolean,
): Promise<SourceProblem | undefined> {
  const { object } = source;
  const served = await kinds.find(object.apiVersion, object.kind);
  const at = (path: readonly string[], reason: string): SourceProblem => ({
    ...placeOfField(source, path),
    object: nameOf(object),
    field: path.join('.'),
    reason,
  });
  if (served === undefined) {
    return at(
      ['kind'],
      `no matches for kind ${JSON.stringify(object.kind)} in version ${JSON.stringify(object.apiVersion)}`,
    );
  }
  if (!served.verbs.includes('patch'))
    return at(['kind'], "objects of this kind are not kept: it can't be applied");
  if (!served.namespaced) {
    // A kustomization's namespace is meant for what has one; Helm and kubectl pass over it as well.
    if (!isStrict) delete object.metadata.namespace;
    if (object.metadata.namespace === undefined) return undefined;
    return at(['metadata', 'namespace'], `${object.kind} is not namespaced: remove metadata.namespace`);
  }
  object.metadata.namespace ??= namespace;
  return undefined;
}

function duplicates(objects: readonly SourceObject[]): SourceProblem[] {
  const first = new Map<string, SourceObject>();
  const problems: SourceProblem[] = [];
  for (const source of objects) {
    const identity = identityOf(source.object);
    const earlier = first.get(identity);
    if (earlier === undefined) first.set(identity, source);
    else {
      problems.push({
        file: source.file,
        line: source.line,
        object: nameOf(source.object),
        field: 'metadata.name',
        reason: `duplicate object: it stands at ${earlier.file}:${earlier.line} already`,
      });
    }
  }
  return problems;
}
