import type { AnyObject } from '@gantry/machinery/object';
import { notFound } from '@gantry/machinery/status';
import { encodeObject } from '../cache/encode-body.ts';
import { Entry } from '../cache/entry.ts';
import type { ComputedObjects } from '../http/read-handlers.ts';

/** What a part of the control plane says of itself when it is asked. */
export interface ComponentHealth {
  readonly healthy: boolean;
  /** `ok`, or what is wrong. */
  readonly message: string;
}

/** Asks one part. A rejection counts as no health that is known. */
export type ComponentCheck = () => Promise<ComponentHealth>;

const RESOURCE = 'componentstatuses';

async function statusOf(name: string, check: ComponentCheck): Promise<Entry> {
  const condition = await check().then(
    ({ healthy, message }) => ({
      ...{ type: 'Healthy', status: healthy ? 'True' : 'False' },
      ...(message === '' ? {} : { message }),
    }),
    (error: unknown) => ({
      ...{ type: 'Healthy', status: 'Unknown' },
      error: error instanceof Error ? error.message : String(error),
    }),
  );
  const object: AnyObject = {
    ...{ kind: 'ComponentStatus', apiVersion: 'v1' },
    metadata: { name },
    conditions: [condition],
  };
  const key = { resource: RESOURCE, namespace: '', name };
  return new Entry(key, '', 0, Buffer.from(encodeObject(object)), 0);
}

/** The resource `componentstatuses`, which is asked for and never stored. */
export function componentStatuses(checks: Readonly<Record<string, ComponentCheck>>): ComputedObjects {
  const names = Object.keys(checks).sort();
  const read = async (name: string): Promise<Entry> => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) throw notFound({ group: '', resource: 'componentstatus' }, name);
    return statusOf(name, check);
  };
  return { get: read, list: () => Promise.all(names.map(read)) };
}
