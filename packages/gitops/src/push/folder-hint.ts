import { posix } from 'node:path';
import type { Application } from '@gantry/api/generated/types';
import { FILE_NAMES } from '../render/kustomize/kustomization.ts';
import type { Rendered } from '../render/render.ts';
import type { SourceProblem } from '../render/source-object.ts';
import { folderOf } from '../sync/source.ts';

const FOLDERS_MAX = 5;
/** What folders are called that others build on: nobody wants them by themselves. */
const PARTS = new Set(['base', 'bases', 'components']);
const NAME_MAX = 63;

export interface FirstPush {
  /** Branch or tag that was pushed. */
  readonly ref: string;
  readonly hasNamespace: boolean;
}

/**
 * The command that makes Applications for the folders in which the manifests of a refused commit are; undefined when the
 * folder isn't what is wrong. Its lines are there to be copied.
 */
export function folderHint(
  application: Application,
  { objects }: Pick<Rendered, 'objects'>,
  problems: readonly SourceProblem[],
  { ref, hasNamespace }: FirstPush,
): string | undefined {
  const found = folderOfApplications(objects) ?? renderedFolders(problems) ?? commonFolder(objects, problems);
  if (found === undefined) return undefined;
  const folders = found.slice(0, FOLDERS_MAX);
  const { name, namespace = '', uid } = application.metadata;
  const { repository } = application.spec.source;
  const command = (app: string, verb: string, folder: string): string =>
    [
      `gantry app ${verb} ${app} -n ${namespace}`,
      ...(verb === 'set' || app === repository ? [] : [`--repository ${repository}`]),
      `--path ${quoted(folder)}`,
    ].join(' ');
  const [first = ''] = folders;
  const commands =
    folders.length === 1
      ? [command(name, uid === undefined ? 'create' : 'set', first)]
      : folders.map((folder) => command(nameFor(repository, folder), 'create', folder));
  const push = `git push origin ${quoted(ref)}`;
  // One that is there already, and looks at all of them, has to go.
  const gone =
    uid === undefined || folders.length === 1 ? [] : [`gantry app delete ${name} -n ${namespace} --orphan`];
  const line = [
    ...(hasNamespace ? [] : [`kubectl create namespace ${namespace}`]),
    ...gone,
    ...commands,
    push,
  ];
  const what =
    folders.length === 1 ? `an Application for the folder ${first}` : 'an Application for each folder';
  return `to get ${what}, run:\n  ${line.join(' && ')}`;
}

/** The one folder with manifests of Applications: whoever follows that one gets the others by it. */
function folderOfApplications(objects: Rendered['objects']): readonly string[] | undefined {
  const folders = new Set(
    objects
      .filter(
        ({ object }) => object.kind === 'Application' && object.apiVersion.startsWith('gitops.gantry.dev/'),
      )
      .map(({ file }) => posix.dirname(file)),
  );
  return folders.size === 1 && !folders.has('.') ? [...folders] : undefined;
}

/** Folders of kustomizations and charts that lie below what was rendered as plain manifests. */
function renderedFolders(problems: readonly SourceProblem[]): readonly string[] | undefined {
  const names = new Set<string>([...FILE_NAMES, 'Chart.yaml']);
  const isRoot = (file: string): boolean => names.has(posix.basename(file)) && posix.dirname(file) !== '.';
  const all = problems.filter(({ file, reason }) => isRoot(file) && reason.includes('set spec.source.path'));
  if (all.length === 0) return undefined;
  const folders = [...new Set(all.map(({ file }) => posix.dirname(file)))].sort();
  const whole = folders.filter((folder) => !folder.split('/').some((part) => PARTS.has(part)));
  return whole.length === 0 ? folders : whole;
}

/** The one folder with all that is a manifest, when what is none lies elsewhere. */
function commonFolder(
  objects: Rendered['objects'],
  problems: readonly SourceProblem[],
): readonly string[] | undefined {
  const paths = objects.map(({ file }) => posix.dirname(file).split('/'));
  const [shortest = []] = paths.toSorted((a, b) => a.length - b.length);
  const same = shortest.findIndex((part, index) => paths.some((path) => path[index] !== part));
  const folder = (same < 0 ? shortest : shortest.slice(0, same)).join('/');
  if (folder === '' || folder === '.') return undefined;
  return problems.some(({ file }) => file.startsWith(`${folder}/`)) ? undefined : [folder];
}

/** `shop-api` for services/api of shop: a name of an object. */
function nameFor(repository: string, folder: string): string {
  const last = posix.basename(folder).toLowerCase();
  const name = `${repository}-${last}`.replace(/[^a-z0-9-]+/g, '-').slice(0, NAME_MAX);
  return name.replace(/-+$/, '');
}

const quoted = (text: string): string =>
  /^[\w./@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Whether an Application looks at a whole repository: only then another folder is worth a hint. */
export const looksAtAll = (application: Application): boolean =>
  ['', '.', './'].includes(folderOf(application));
