import type { RequestAttributes } from '../request.ts';

type Fields = Record<string, unknown>;

const truth = (query: URLSearchParams, name: string): Fields => {
  const value = query.get(name);
  return value === 'true' || value === '1' ? { [name]: true } : {};
};

const text = (query: URLSearchParams, name: string): Fields => {
  const value = query.get(name);
  return value === null || value === '' ? {} : { [name]: value };
};

const streams = (query: URLSearchParams): Fields => ({
  ...truth(query, 'stdin'),
  ...truth(query, 'stdout'),
  ...truth(query, 'stderr'),
  ...truth(query, 'tty'),
  ...text(query, 'container'),
});

function command(query: URLSearchParams): Fields {
  const parts = query.getAll('command');
  return parts.length === 0 ? {} : { command: parts };
}

function ports(query: URLSearchParams): Fields {
  const numbers = query
    .getAll('ports')
    .flatMap((part) => part.split(','))
    .map(Number)
    .filter(Number.isInteger);
  return numbers.length === 0 ? {} : { ports: numbers };
}

const path = (rest: string): Fields => (rest === '' ? {} : { path: `/${rest}` });

const READERS: Readonly<
  Record<string, { kind: string; read(query: URLSearchParams, rest: string): Fields }>
> = {
  'pods/exec': { kind: 'PodExecOptions', read: (query) => ({ ...streams(query), ...command(query) }) },
  'pods/attach': { kind: 'PodAttachOptions', read: streams },
  'pods/portforward': { kind: 'PodPortForwardOptions', read: ports },
  'pods/proxy': { kind: 'PodProxyOptions', read: (_query, rest) => path(rest) },
  'services/proxy': { kind: 'ServiceProxyOptions', read: (_query, rest) => path(rest) },
  'nodes/proxy': { kind: 'NodeProxyOptions', read: (_query, rest) => path(rest) },
};

/** The object that admission sees of a CONNECT: the query as an object. Undefined where there is none: logs. */
export function connectOptions(
  { resource, subresource }: RequestAttributes,
  query: URLSearchParams,
  rest: string,
): Fields | undefined {
  const reader = READERS[`${resource}/${subresource}`];
  return reader === undefined
    ? undefined
    : { kind: reader.kind, apiVersion: 'v1', ...reader.read(query, rest) };
}
