import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import type { Application } from '@gantry/api/generated/types';
import { createClient, type OwnedClient } from '@gantry/client/client';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Client, Resource } from '@gantry/client/port';
import { applications } from '@gantry/client/resources';
import type { KubeObject } from '@gantry/machinery/object';
import { isStatusError } from '@gantry/machinery/status';
import { UserError } from '../errors.ts';
import { layoutOf } from '../layout.ts';
import { dataFolder } from '../options.ts';
import type { RawAppOptions } from './app-options.ts';

export interface Connection {
  readonly client: OwnedClient;
  /** Of the kubeconfig. */
  readonly namespace: string | undefined;
}

/** Connects with a kubeconfig. Throws UserError when there is none to use. */
export function connectWith(raw: Pick<RawAppOptions, 'data' | 'kubeconfig' | 'context'>): Connection {
  const [listed] = (process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  const own = layoutOf(dataFolder(raw.data)).kubeconfig;
  const path = raw.kubeconfig ?? listed ?? own;
  if (!existsSync(path)) {
    const hint =
      path === own
        ? 'start Gantry with `npm start`, or name a file with --kubeconfig'
        : 'there is no such file';
    throw new UserError(`kubeconfig ${path}: ${hint}`);
  }
  try {
    const { namespace, ...options } = loadKubeconfig(path, raw.context);
    return { client: createClient(options), namespace };
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

/** What the server or the connection refuses, as one line for a person. */
export function inWords(error: unknown): unknown {
  if (isStatusError(error)) return new UserError(error.message);
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED'
    ? new UserError('the API server does not answer: start it with `npm start`')
    : error;
}

/** The Application of a name: in the namespace, or in whichever has one. Throws UserError. */
export const findApplication = (
  connection: Connection,
  name: string,
  namespace: string | undefined,
): Promise<Application> => findNamed(connection, applications, name, namespace);

/** The object of a name: in the namespace, or in whichever has one. Throws UserError. */
export async function findNamed<T extends KubeObject>(
  { client, namespace: own = 'default' }: Connection,
  resource: Resource<T>,
  name: string,
  namespace: string | undefined,
): Promise<T> {
  if (namespace !== undefined) return client.get<T>(resource, namespace, name);
  const found = await named(client, resource, name);
  if (found === undefined) return client.get<T>(resource, own, name);
  const [object] = found;
  const { kind } = resource;
  if (object === undefined)
    throw new UserError(`there is no ${kind} ${JSON.stringify(name)} in any namespace`);
  if (found.length > 1) {
    const places = found.map(({ metadata }) => metadata.namespace).join(', ');
    throw new UserError(`${kind} ${name} is in several namespaces: choose one of ${places} with -n`);
  }
  return object;
}

/** Undefined: the caller may not look into all namespaces. */
async function named<T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  name: string,
): Promise<readonly T[] | undefined> {
  try {
    const { items } = await client.list<T>(resource, { fieldSelector: `metadata.name=${name}` });
    return items;
  } catch (error) {
    if (isStatusError(error, 'Forbidden')) return undefined;
    throw error;
  }
}
