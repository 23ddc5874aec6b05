import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import type { Application } from '@gantry/api/generated/types';
import { createClient, type OwnedClient } from '@gantry/client/client';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Client } from '@gantry/client/port';
import { applications } from '@gantry/client/resources';
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
export async function findApplication(
  { client, namespace: own = 'default' }: Connection,
  name: string,
  namespace: string | undefined,
): Promise<Application> {
  if (namespace !== undefined) return client.get<Application>(applications, namespace, name);
  const found = await named(client, name);
  if (found === undefined) return client.get<Application>(applications, own, name);
  const [application] = found;
  if (application === undefined)
    throw new UserError(`there is no Application ${JSON.stringify(name)} in any namespace`);
  if (found.length > 1) {
    const places = found.map(({ metadata }) => metadata.namespace).join(', ');
    throw new UserError(`Application ${name} is in several namespaces: choose one of ${places} with -n`);
  }
  return application;
}

/** Undefined: the caller may not look into all namespaces. */
async function named(client: Client, name: string): Promise<readonly Application[] | undefined> {
  try {
    const { items } = await client.list<Application>(applications, {
      fieldSelector: `metadata.name=${name}`,
    });
    return items;
  } catch (error) {
    if (isStatusError(error, 'Forbidden')) return undefined;
    throw error;
  }
}
