import { isDeepStrictEqual } from 'node:util';
import type { FlowSchema, PriorityLevelConfiguration } from '@gantry/api/generated/types';
import type { StateReader } from '../request.ts';
import {
  AUTO_UPDATE,
  mandatoryFlowSchemas,
  mandatoryPriorityLevels,
  suggestedFlowSchemas,
  suggestedPriorityLevels,
} from './bootstrap-objects.ts';
import { FLOW_SCHEMAS, FLOWCONTROL_PATH, type OwnRequest, PRIORITY_LEVELS } from './config-consumer.ts';

const MANAGER = 'api-priority-and-fairness-config-producer-v1';
const query = { fieldManager: MANAGER };

type Kept = FlowSchema | PriorityLevelConfiguration;

interface Collection {
  readonly resource: string;
  readonly plural: string;
  readonly mandatory: readonly Kept[];
  readonly suggested: readonly Kept[];
}

/** Levels first: schemas refer to them. */
const collections: readonly Collection[] = [
  {
    resource: PRIORITY_LEVELS,
    plural: 'prioritylevelconfigurations',
    mandatory: mandatoryPriorityLevels,
    suggested: suggestedPriorityLevels,
  },
  {
    resource: FLOW_SCHEMAS,
    plural: 'flowschemas',
    mandatory: mandatoryFlowSchemas,
    suggested: suggestedFlowSchemas,
  },
];

/** What the annotation says, as the original reads a boolean; undefined when it says neither. */
function autoUpdateOf({ metadata }: Kept): boolean | undefined {
  const text = metadata.annotations?.[AUTO_UPDATE] ?? '';
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text) ? false : undefined;
}

/** An administrator tunes the exempt level by its own fields; they are not taken back. */
function wantedSpec(live: Kept, boot: Kept): Kept['spec'] {
  const tuned = (live as PriorityLevelConfiguration).spec.exempt;
  if (boot.metadata.name !== 'exempt' || boot.kind !== 'PriorityLevelConfiguration' || tuned === undefined)
    return boot.spec;
  return { ...boot.spec, exempt: tuned } as Kept['spec'];
}

/** The object as it should be; undefined when it is. */
export function revised(live: Kept, boot: Kept, mandatory: boolean): Kept | undefined {
  const said = autoUpdateOf(live);
  const follows = mandatory || (said ?? live.metadata.generation === 1);
  const spec = follows ? wantedSpec(live, boot) : live.spec;
  if (said === follows && isDeepStrictEqual(spec, live.spec)) return undefined;
  return {
    ...live,
    metadata: {
      ...live.metadata,
      annotations: { ...live.metadata.annotations, [AUTO_UPDATE]: String(follows) },
    },
    spec,
  } as Kept;
}

async function put(
  request: OwnRequest,
  plural: string,
  boot: Kept,
  live: Kept | undefined,
  mandatory: boolean,
) {
  if (live === undefined) {
    const created = await request({
      method: 'POST',
      path: `${FLOWCONTROL_PATH}/${plural}`,
      query,
      body: boot,
    });
    // Another server of the same store was quicker.
    if (created.status !== 409) expectDone(created.status, created.body, boot);
    return;
  }
  const next = revised(live, boot, mandatory);
  if (next === undefined) return;
  const path = `${FLOWCONTROL_PATH}/${plural}/${boot.metadata.name}`;
  const updated = await request({ method: 'PUT', path, query, body: next });
  if (updated.status !== 409) expectDone(updated.status, updated.body, boot);
}

function expectDone(status: number, body: Buffer, { kind, metadata }: Kept): void {
  if (status >= 300) throw new Error(`${kind} ${metadata.name} was not stored: ${status} ${body.toString()}`);
}

/** Objects of an earlier version that carry the annotation and are no longer among ours go. */
async function removeUnwanted(
  state: StateReader,
  request: OwnRequest,
  collection: Collection,
): Promise<void> {
  const { resource, plural, mandatory, suggested } = collection;
  const wanted = new Set([...mandatory, ...suggested].map(({ metadata }) => metadata.name));
  for (const object of state.list(resource, undefined) as unknown as readonly Kept[]) {
    if (wanted.has(object.metadata.name) || autoUpdateOf(object) !== true) continue;
    await request({ method: 'DELETE', path: `${FLOWCONTROL_PATH}/${plural}/${object.metadata.name}` });
  }
}

/** Makes and mends the suggested and mandatory objects. Rejects when one can't be stored. */
export async function ensureConfig(state: StateReader, request: OwnRequest): Promise<void> {
  for (const mandatory of [false, true])
    for (const collection of collections)
      await Promise.all(
        (mandatory ? collection.mandatory : collection.suggested).map((boot) => {
          const live = state.get(collection.resource, '', boot.metadata.name ?? '') as Kept | undefined;
          return put(request, collection.plural, boot, live, mandatory);
        }),
      );
  for (const collection of collections) await removeUnwanted(state, request, collection);
}
