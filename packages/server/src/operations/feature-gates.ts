import { gateGroups } from './feature-gate-table.ts';
import type { InstrumentSet } from './instruments.ts';

interface Gate {
  readonly stage: '' | 'BETA' | 'ALPHA' | 'DEPRECATED';
  readonly enabled: boolean;
  readonly locked: boolean;
}

const known: ReadonlyMap<string, Gate> = new Map(
  gateGroups.flatMap(({ names, stage, enabled, locked }) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, { stage, enabled, locked }] as const),
  ),
);

/** Gates that stand for all of a stage which are not named themselves. */
const STAGES: Readonly<Record<string, Gate['stage']>> = { AllAlpha: 'ALPHA', AllBeta: 'BETA' };
const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Which gates are on. */
export type FeatureGates = ReadonlyMap<string, boolean>;

function parsed(pair: string): readonly [string, boolean] {
  const equals = pair.indexOf('=');
  if (equals < 0) throw new Error(`missing bool value for ${pair.trim()}`);
  const name = pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  if (!TRUE.has(value) && !FALSE.has(value))
    throw new Error(
      `invalid value of ${name}=${value}, err: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
    );
  return [name, TRUE.has(value)];
}

/** Reads `Name=true,Other=false`; several texts add up. Throws Error in the original's words. */
export function parseFeatureGates(texts: readonly string[]): FeatureGates {
  const asked = new Map<string, boolean>();
  for (const pair of texts.flatMap((text) => text.split(',')).filter((text) => text !== ''))
    asked.set(...parsed(pair));
  const gates = new Map([...known].map(([name, { enabled }]) => [name, enabled]));
  for (const [name, value] of asked) {
    const stage = STAGES[name];
    if (stage === undefined) continue;
    for (const [other, gate] of known) if (gate.stage === stage && !gate.locked) gates.set(other, value);
  }
  for (const [name, value] of asked) {
    if (STAGES[name] !== undefined) continue;
    const gate = known.get(name);
    if (gate === undefined) throw new Error(`unrecognized feature gate: ${name}`);
    if (gate.locked && gate.enabled !== value)
      throw new Error(`cannot set feature gate ${name} to ${value}, feature is locked to ${gate.enabled}`);
    gates.set(name, value);
  }
  return gates;
}

/** `kubernetes_feature_enabled`, one series a gate. */
export function showFeatureGates(set: InstrumentSet, gates: FeatureGates): void {
  const gauge = set.gauge(
    'kubernetes_feature_enabled',
    'This metric records the data about the stage and enablement of a k8s feature.',
    ['name', 'stage'],
  );
  for (const [name, enabled] of gates) gauge.with(name, known.get(name)?.stage ?? '').set(enabled ? 1 : 0);
}
