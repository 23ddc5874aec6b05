import type { LedgerEntry } from '@gantry/api/generated/types';
import type { AnyObject, KubeList } from '@gantry/machinery/object';
import { stringifyYaml } from '@gantry/machinery/yaml';
import { z } from 'zod';
import { callJson } from './api.ts';
import { collectionPath, objectPath } from './resource-ref.ts';
import { TIMELINE_TYPES, timelineOf } from './timeline.ts';
import { procedure, router } from './trpc.ts';

const LEDGER = { group: 'gitops.gantry.dev', version: 'v1alpha1', plural: 'ledgerentries' };
/** Entries of one page of a timeline: some for each commit. */
const ENTRIES_A_RUN = 6;

const text = z.string().max(1_024).optional();
const name = z.string().min(1).max(253);

const searchInput = z.object({
  /** '' is all of them, for who may list those. */
  namespace: z.string().max(253).default(''),
  types: z.array(z.string().max(32)).max(20).optional(),
  actor: text,
  application: text,
  repository: text,
  ref: text,
  commit: text,
  operation: text,
  syncId: text,
  image: text,
  error: text,
  object: z.object({ apiVersion: text, kind: text, namespace: text, name: text }).optional(),
  since: z.string().max(40).optional(),
  until: z.string().max(40).optional(),
  limit: z.number().int().min(1).max(500).default(100),
  continue: z.string().max(1_024).optional(),
});

type Search = z.infer<typeof searchInput>;

/** The query of a LIST. Throws nothing: the server checks. */
function queryOf({
  namespace: _namespace,
  types,
  object = {},
  limit,
  ...texts
}: Search): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...texts,
    ...Object.fromEntries(Object.entries(object).map(([field, value]) => [`object.${field}`, value])),
    type: types === undefined || types.length === 0 ? undefined : types.join('|'),
    limit: String(limit),
  };
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
  );
}

/** The ledger, by the rights `list` and `get` on ledgerentries in the namespace. */
export const ledgerRouter = router({
  /** Entries, newest first, without their manifests. */
  search: procedure.input(searchInput).query(async ({ ctx, input }) => {
    const list = await callJson<KubeList<LedgerEntry & AnyObject>>(ctx.dispatch, {
      method: 'GET',
      path: collectionPath(LEDGER, input.namespace),
      query: queryOf(input),
    });
    return { entries: list.items as readonly LedgerEntry[], continue: list.metadata.continue ?? null };
  }),

  /** One entry, with the manifest that was applied as YAML; '' when it has none. */
  entry: procedure.input(z.object({ namespace: name, name })).query(async ({ ctx, input }) => {
    const entry = await callJson<LedgerEntry>(ctx.dispatch, {
      method: 'GET',
      path: objectPath({ resource: LEDGER, ...input }),
    });
    const { manifest, ...rest } = entry;
    return { entry: rest, manifest: manifest === undefined ? '' : stringifyYaml(manifest) };
  }),

  /** Commits of one Application, newest first: pushed, applied, healthy, and how long each step took. */
  timeline: procedure
    .input(
      z.object({
        namespace: name,
        name,
        limit: z.number().int().min(1).max(100).default(20),
        until: z.string().max(40).optional(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const limit = Math.min(1_000, input.limit * ENTRIES_A_RUN * 2);
      const list = await callJson<KubeList<LedgerEntry & AnyObject>>(ctx.dispatch, {
        method: 'GET',
        path: collectionPath(LEDGER, input.namespace),
        query: {
          application: input.name,
          type: TIMELINE_TYPES.join('|'),
          limit: String(limit),
          ...(input.until === undefined ? {} : { until: input.until }),
        },
      });
      const runs = timelineOf(list.items as readonly LedgerEntry[]);
      return {
        runs: runs.slice(0, input.limit),
        more: runs.length > input.limit || list.metadata.continue !== undefined,
      };
    }),
});
