import { createEnvironment } from '@gantry/cel/environment';
import type { CelEnvironment, CelField, CelType } from '@gantry/cel/port';
import { formatIssues } from '@gantry/cel/syntax/source';

const STRING: CelType = { kind: 'string' };
const mapOf = (value: CelType): CelType => ({ kind: 'map', key: STRING, value });

/** Attributes may be of any simple type; both are asked for by domain and then by name. */
const FIELDS: ReadonlyMap<string, CelField> = new Map([
  ['driver', { type: STRING }],
  ['attributes', { type: mapOf(mapOf({ kind: 'dyn' })) }],
  ['capacity', { type: mapOf(mapOf({ kind: 'opaque', name: 'kubernetes.Quantity' })) }],
  ['allowMultipleAllocations', { type: { kind: 'bool' } }],
]);

let devices: CelEnvironment | undefined;

/** For selectors of devices: what they may know of a device. */
function deviceEnvironment(): CelEnvironment {
  devices ??= createEnvironment([
    { name: 'device', type: { kind: 'object', name: 'kubernetes.DRADevice', fields: () => FIELDS } },
  ]);
  return devices;
}

/** Why an expression selects no devices; undefined when it does. */
export function deviceExpressionFault(expression: string): string | undefined {
  // Of a library that only this environment has.
  if (expression.includes('cel.bind(')) return undefined;
  const compiled = deviceEnvironment().compile(expression);
  if (!compiled.ok) {
    const text = formatIssues(expression, compiled.issues);
    // The original's parser stands before an empty text, not at its first letter.
    return `compilation failed: ${expression === '' ? text.replace(':1:1:', ':1:0:') : text}`;
  }
  const { kind } = compiled.program.resultType;
  return kind === 'bool' || kind === 'dyn'
    ? undefined
    : `must evaluate to bool or the unknown type, not ${kind}`;
}
