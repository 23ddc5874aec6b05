import type { KindDefinition } from '@gantry/api/kind';
import { builtinKinds } from '@gantry/api/kinds';
import { type AnyObject, formatGroupVersion } from '@gantry/machinery/object';
import { isStatusError, type Status } from '@gantry/machinery/status';
import type { HandlerContext, RegistryAccess } from '../../handler.ts';
import type {
  AdmissionPlugin,
  AdmissionRequest,
  Operation,
  RequestAttributes,
  StateReader,
  UserInfo,
} from '../../request.ts';

export const alice: UserInfo = { name: 'alice', groups: ['system:authenticated'] };
export const root: UserInfo = { name: 'root', groups: ['system:masters', 'system:authenticated'] };
export const node1: UserInfo = { name: 'system:node:n1', groups: ['system:nodes', 'system:authenticated'] };

export const kindOf = (plural: string, group = ''): KindDefinition => {
  const kind = builtinKinds.find((one) => one.plural === plural && one.group === group);
  if (kind === undefined) throw new Error(`no kind ${plural}.${group}`);
  return kind;
};

const resourceOf = ({ apiVersion, kind }: AnyObject): string => {
  const found = builtinKinds.find(
    (one) => one.kind === kind && formatGroupVersion(one.group, one.version) === apiVersion,
  );
  if (found === undefined) throw new Error(`no kind ${apiVersion} ${kind}`);
  return found.group === '' ? found.plural : `${found.plural}.${found.group}`;
};

/** A state of plain objects; tests change `objects` as they like. */
export class FakeState implements StateReader {
  readonly objects: AnyObject[];
  constructor(objects: readonly object[] = []) {
    this.objects = objects as AnyObject[];
  }
  get(resource: string, namespace: string, name: string): AnyObject | undefined {
    return this.list(resource, namespace).find((one) => one.metadata.name === name);
  }
  list(resource: string, namespace: string | undefined): AnyObject[] {
    return this.objects.filter(
      (one) =>
        resourceOf(one) === resource &&
        (namespace === undefined || (one.metadata.namespace ?? '') === namespace),
    );
  }
}

export const attributes = (over: Partial<RequestAttributes> = {}): RequestAttributes => ({
  isResourceRequest: true,
  verb: 'get',
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: '',
  namespace: '',
  name: '',
  path: '/',
  ...over,
});

export interface AdmissionInput {
  readonly object?: object;
  readonly old?: object;
  readonly operation?: Operation;
  readonly subresource?: string;
  readonly user?: UserInfo;
  readonly state?: StateReader;
  readonly namespace?: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

/** Runs one plugin as the registry does: both phases, when it handles the request. */
export async function admit(
  plugin: AdmissionPlugin,
  kind: KindDefinition,
  input: AdmissionInput,
): Promise<{ readonly object: AnyObject; readonly warnings: readonly string[] }> {
  const { operation = input.old === undefined ? 'CREATE' : 'UPDATE', subresource = '' } = input;
  const warnings: string[] = [];
  const object =
    input.object === undefined ? undefined : (structuredClone(input.object) as Record<string, unknown>);
  const meta = (input.object ?? input.old) as AnyObject | undefined;
  const request: AdmissionRequest = {
    operation,
    kind,
    attributes: attributes({
      verb: operation === 'CREATE' ? 'create' : 'update',
      group: kind.group,
      resource: kind.plural,
      subresource,
      namespace: input.namespace ?? (kind.namespaced ? 'ns' : ''),
      name: input.name ?? meta?.metadata.name ?? '',
    }),
    user: input.user ?? alice,
    dryRun: input.dryRun ?? false,
    object,
    oldObject: input.old as Record<string, unknown> | undefined,
    options: {},
    state: input.state ?? new FakeState(),
    warn: (text) => warnings.push(text),
  };
  if (plugin.handles(kind, operation, subresource)) {
    await plugin.mutate?.(request);
    await plugin.validate?.(request);
  }
  return { object: object as AnyObject, warnings };
}

/** The Status that a promise fails with; '' as message when it does not fail. */
export async function statusOf(
  action: Promise<unknown> | (() => unknown),
): Promise<Pick<Status, 'code' | 'message' | 'details'>> {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (isStatusError(error)) return error.status;
    throw error;
  }
  return { message: '' };
}

export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, creationTimestamp: '2020-01-01T00:00:00Z' },
  status: { phase: 'Active' },
});

export const pod = (name: string, spec: object = {}, metadata: object = {}): AnyObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ns', uid: `uid-${name}`, ...metadata },
  spec: { containers: [{ name: 'a', image: 'busybox' }], ...spec },
});

const unused = (): never => {
  throw new Error('not expected in this test');
};

const noRegistry: RegistryAccess = { get: unused, create: unused, modify: unused, delete: unused };

export const context = (over: Partial<HandlerContext> = {}): HandlerContext => ({
  user: alice,
  attributes: attributes(),
  query: new URLSearchParams(),
  dryRun: false,
  state: new FakeState(),
  registry: noRegistry,
  warn: () => {},
  ...over,
});
