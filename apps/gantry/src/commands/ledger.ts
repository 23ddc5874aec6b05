import { existsSync } from 'node:fs';
import type { LedgerEntry } from '@gantry/api/generated/types';
import { createClient } from '@gantry/client/client';
import { loadKubeconfig } from '@gantry/client/kubeconfig';
import type { Client } from '@gantry/client/port';
import { isStatusError } from '@gantry/machinery/status';
import { parseTime } from '@gantry/machinery/time';
import { stringifyYaml } from '@gantry/machinery/yaml';
import { UserError } from '../errors.ts';
import { layoutOf } from '../layout.ts';
import { dataFolder } from '../options.ts';
import type { RawLedgerOptions } from './ledger-options.ts';
import { entryLines } from './ledger-text.ts';

const PATH = '/apis/gitops.gantry.dev/v1alpha1';
const PAGE_MAX = 500;

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** RFC 3339 of a time, or of how long ago it was. Throws UserError. */
export function timeOf(flag: string, text: string, nowMs: number): string {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return new Date(nowMs - Number(count) * (UNITS[unit] ?? 0)).toISOString();
  const time = parseTime(text);
  if (time === undefined)
    throw new UserError(`${flag}: ${JSON.stringify(text)} is no time such as 2026-01-31T08:00:00Z or 24h`, 2);
  return time.toISOString();
}

function objectQuery(text: string | undefined): Record<string, string> {
  if (text === undefined) return {};
  const parts = text.split('/');
  if (parts.length > 3 || parts.includes(''))
    throw new UserError(`--object: ${JSON.stringify(text)} is no Kind/name, Kind/namespace/name or name`, 2);
  const name = parts.at(-1) ?? '';
  const [kind, namespace] = parts.slice(0, -1);
  return {
    'object.name': name,
    ...(kind === undefined ? {} : { 'object.kind': kind }),
    ...(namespace === undefined ? {} : { 'object.namespace': namespace }),
  };
}

/** Parameters of the search. Throws UserError. */
export function ledgerQuery(raw: RawLedgerOptions, nowMs: number): Record<string, string> {
  const { commit, image, error, application, actor, type, since, until } = raw;
  const given = {
    ...{ commit, image, error, application, actor },
    type: type?.replaceAll(',', '|'),
    since: since === undefined ? undefined : timeOf('--since', since, nowMs),
    until: until === undefined ? undefined : timeOf('--until', until, nowMs),
  };
  const texts = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(texts), ...objectQuery(raw.object) };
}

function limitOf(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1)
    throw new UserError(`--limit: ${JSON.stringify(text)} is no whole number`, 2);
  return value;
}

interface Found {
  readonly metadata: { readonly continue?: string };
  readonly items: LedgerEntry[];
}

async function search(client: Client, path: string, query: Record<string, string>, limit: number) {
  const entries: LedgerEntry[] = [];
  let next: string | undefined;
  do {
    const page = new URLSearchParams({
      ...query,
      limit: String(Math.min(PAGE_MAX, limit - entries.length)),
      ...(next === undefined ? {} : { continue: next }),
    });
    const found = await client.request<Found>('GET', `${path}?${page}`);
    entries.push(...found.items);
    next = found.metadata.continue;
  } while (next !== undefined && entries.length < limit);
  return { entries, more: next !== undefined };
}

/** Prints what the ledger holds of what was asked for, newest first. */
export async function ledger(name: string | undefined, raw: RawLedgerOptions): Promise<void> {
  const { output } = raw;
  if (output !== undefined && output !== 'json' && output !== 'yaml')
    throw new UserError(`-o: ${JSON.stringify(output)} is not json or yaml`, 2);
  const limit = limitOf(raw.limit);
  const query = ledgerQuery(raw, Date.now());
  const file = raw.kubeconfig ?? process.env.KUBECONFIG ?? layoutOf(dataFolder(raw.data)).kubeconfig;
  if (!existsSync(file))
    throw new UserError(`there is no ${file}: name a kubeconfig by --kubeconfig, or a data folder by --data`);
  const { namespace: own = 'default', ...connection } = loadKubeconfig(file);
  const namespace = raw.namespace ?? own;
  const scope = raw.allNamespaces === true ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const client = createClient(connection);
  const print = (value: unknown): string =>
    output === 'json' ? `${JSON.stringify(value, null, 2)}\n` : stringifyYaml(value);
  try {
    if (name !== undefined) {
      const path = `${PATH}/namespaces/${encodeURIComponent(namespace)}/ledgerentries/${encodeURIComponent(name)}`;
      process.stdout.write(print(await client.request('GET', path)));
      return;
    }
    const { entries, more } = await search(client, `${PATH}${scope}/ledgerentries`, query, limit);
    if (output !== undefined) process.stdout.write(print(entries));
    else process.stdout.write(entryLines(entries, scope === ''));
    if (more) process.stderr.write(`there are more: raise --limit, or narrow the search\n`);
    if (entries.length === 0 && output === undefined) process.stderr.write('nothing is found\n');
  } catch (error) {
    if (isStatusError(error)) throw new UserError(error.message);
    throw error;
  } finally {
    client.close();
  }
}
