import type { Operation } from './operations.ts';

/** A query or path parameter, in neither dialect yet. */
export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly description: string;
  readonly type: 'string' | 'integer' | 'boolean';
}

const query = (name: string, type: Parameter['type'], description: string): Parameter => ({
  name,
  in: 'query',
  description,
  type,
});

const PRETTY = query('pretty', 'string', 'Indent the answer when true.');
const DRY_RUN = query('dryRun', 'string', 'All: do everything but store.');
const FIELD_MANAGER = query('fieldManager', 'string', 'Who owns the fields that this request sets.');
const FIELD_VALIDATION = query(
  'fieldValidation',
  'string',
  'What unknown and duplicate fields do: Ignore, Warn or Strict.',
);
const FORCE = query('force', 'boolean', 'Take fields over from other managers. Apply patches only.');
const LIST: readonly Parameter[] = [
  query('allowWatchBookmarks', 'boolean', 'Send bookmarks while watching.'),
  query('continue', 'string', 'Token of the next page, from the page before.'),
  query('fieldSelector', 'string', 'Narrows the list of returned objects to those with these field values.'),
  query('labelSelector', 'string', 'Narrows the list of returned objects to those with these labels.'),
  query('limit', 'integer', 'Most items in one page.'),
  query('resourceVersion', 'string', 'State that the answer must be at or after.'),
  query('resourceVersionMatch', 'string', 'How resourceVersion is meant: NotOlderThan or Exact.'),
  query('sendInitialEvents', 'boolean', 'Begin a watch with what exists, then a bookmark.'),
  query('timeoutSeconds', 'integer', 'Longest duration of the request.'),
  query('watch', 'boolean', 'Watch for changes to the described resources: send them as they happen.'),
];
const DELETE: readonly Parameter[] = [
  query('gracePeriodSeconds', 'integer', 'Seconds before the object goes; 0 at once.'),
  query(
    'ignoreStoreReadErrorWithClusterBreakingPotential',
    'boolean',
    'Delete even what can no longer be read.',
  ),
  query('orphanDependents', 'boolean', 'Old form of propagationPolicy.'),
  query('propagationPolicy', 'string', 'What happens to dependents: Orphan, Background or Foreground.'),
];

const byName = (parameters: readonly Parameter[]): Parameter[] =>
  [...parameters].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Query parameters that an operation takes, without those of its path. */
export function queryParameters({ action, subresource }: Operation): Parameter[] {
  switch (action) {
    case 'list':
      return byName([...LIST, PRETTY]);
    case 'get':
      return subresource === 'log' ? byName([...LOG, PRETTY]) : [PRETTY];
    case 'post':
    case 'put':
      return byName([DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, PRETTY]);
    case 'patch':
      return byName([DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE, PRETTY]);
    case 'delete':
      return byName([...DELETE, DRY_RUN, PRETTY]);
    case 'deletecollection':
      return byName([
        ...LIST.filter(({ name }) => name !== 'watch' && name !== 'allowWatchBookmarks'),
        ...DELETE,
        DRY_RUN,
        PRETTY,
      ]);
    case 'connect':
      return CONNECT[subresource] ?? [];
  }
}

const LOG: readonly Parameter[] = [
  query('container', 'string', 'Container; needed when the pod has several.'),
  query('follow', 'boolean', 'Stay and send new lines.'),
  query('insecureSkipTLSVerifyBackend', 'boolean', "Do not check the node agent's certificate."),
  query('limitBytes', 'integer', 'End after this many bytes.'),
  query('previous', 'boolean', 'Of the run before the last restart.'),
  query('sinceSeconds', 'integer', 'Only lines younger than this.'),
  query('stream', 'string', 'All, Stdout or Stderr.'),
  query('tailLines', 'integer', 'Only this many lines from the end.'),
  query('timestamps', 'boolean', 'Begin each line with its time.'),
];

const STREAMS: readonly Parameter[] = [
  query('container', 'string', 'Container; needed when the pod has several.'),
  query('stderr', 'boolean', 'Connect standard error.'),
  query('stdin', 'boolean', 'Connect standard input.'),
  query('stdout', 'boolean', 'Connect standard output.'),
  query('tty', 'boolean', 'Use a terminal.'),
];

const CONNECT: Readonly<Record<string, Parameter[]>> = {
  attach: [...STREAMS],
  exec: byName([...STREAMS, query('command', 'string', 'Command and arguments, one a parameter.')]),
  portforward: [query('ports', 'integer', 'Ports to forward.')],
  proxy: [query('path', 'string', 'Path of the request that is passed on.')],
};

const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  name: 'Name of the object.',
  namespace: 'Namespace of the object.',
  path: 'Path of the request that is passed on.',
};

/** Parameters in braces of a path. */
export function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    description: PATH_PARAMETERS[name] ?? '',
    type: 'string',
  }));
}

interface PathItem {
  parameters?: { readonly name?: unknown; readonly in?: unknown }[];
  [method: string]: unknown;
}

/** Moves the query parameters that every operation on a path takes to the path itself, where clients expect them. */
export function shareParameters(item: PathItem): void {
  const operations = Object.values(item).filter(
    (one): one is Pick<PathItem, 'parameters'> =>
      typeof one === 'object' && one !== null && 'operationId' in one,
  );
  const [first, ...rest] = operations;
  const shared = (first?.parameters ?? []).filter(
    (parameter) =>
      parameter.in === 'query' &&
      rest.every((other) => other.parameters?.some((one) => one.name === parameter.name)),
  );
  if (shared.length === 0) return;
  item.parameters = [...(item.parameters ?? []), ...shared];
  const names = new Set(shared.map(({ name }) => name));
  for (const operation of operations) {
    const own = (operation.parameters ?? []).filter(({ name }) => !names.has(name));
    // No empty list: whoever reads the document and writes it again leaves that out.
    if (own.length > 0) operation.parameters = own;
    else delete operation.parameters;
  }
}
