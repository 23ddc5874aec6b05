import type { PlanChange, PlanField } from '@gantry/api/generated/types';
import type { Plan } from './plan.ts';
import type { PlanDetails } from './plan-details.ts';

export interface DescribeOptions {
  /** Most lines after the heading. */
  readonly lines: number;
  /** Most fields shown of one object. */
  readonly fields: number;
  /** Fields of objects that would be created, too. */
  readonly createdFields: boolean;
}

const PUSH: DescribeOptions = { lines: 200, fields: 4, createdFields: false };

const short = (value: unknown): string => {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll('\n', '↵');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

/**
 * The plan as lines for a person: `+ Deployment/web`, `~ Service/web  spec.ports[0].port: 80 → 81 (web.yaml:7)`,
 * `- ConfigMap/old`, `+ Job/seed  runs as a hook: PreSync`, `! Ingress/in  why nothing reconciles it`. The first line
 * counts.
 */
export function describePlan(details: PlanDetails, options: DescribeOptions = PUSH): string[] {
  const { created, changed, pruned, unchanged, changes, omitted, unmanaged } = details;
  const lines = [
    ...changes.flatMap((change) => describeChange(change, options)),
    ...(omitted > 0 ? [`… and ${omitted} more objects`] : []),
    ...unmanaged.map((text) => `! ${text}`),
  ];
  const more = lines.length - options.lines;
  return [
    `plan: ${created} to create, ${changed} to change, ${pruned} to prune, ${unchanged} unchanged`,
    ...(more > 0 ? [...lines.slice(0, options.lines), `… and ${more} more`] : lines),
  ];
}

/** The notes of what nothing reconciles have lines of their own. */
const HOOK_NOTE = /runs as a hook: [^;]+/;
const SIGNS = { create: '+', update: '~', prune: '-' } as const;

function describeChange(change: PlanChange, options: DescribeOptions): string[] {
  const { operation = 'update', kind, name, note = '', fields = [], fieldsOmitted = 0 } = change;
  const hook = HOOK_NOTE.exec(note)?.[0];
  const heading = `${SIGNS[operation]} ${kind}/${name}${hook === undefined ? '' : `  ${hook}`}`;
  if (operation === 'prune' || (operation === 'create' && !options.createdFields)) return [heading];
  const shown = fields.slice(0, options.fields).map((field) => describeField(field, operation === 'create'));
  const more = fields.length - shown.length + fieldsOmitted;
  const rest = more > 0 ? [`    … ${more} more fields`] : [];
  if (operation === 'create') return [heading, ...shown.map((text) => `    ${text}`), ...rest];
  const [first = fieldsOmitted > 0 ? '' : 'only its field owners change', ...others] = shown;
  return [`${heading}  ${first}`.trimEnd(), ...others.map((text) => `    ${text}`), ...rest];
}

function describeField({ path, before, after, ...from }: PlanField, isNew: boolean): string {
  const value = isNew ? short(after) : `${short(before)} → ${short(after)}`;
  return `${path}: ${value} (${describeOrigin(from)})`;
}

/** `web.yaml:7`, `default`, `admission`, `set by hpa`; `web.yaml:7, was set by kubectl-edit` */
function describeOrigin({ origin = '', source, replaces }: Omit<PlanField, 'path'>): string {
  const [word, manager] = origin.split(/:(.*)/s);
  const from = source ?? (manager === undefined ? (word ?? '').toLowerCase() : `set by ${manager}`);
  return replaces === undefined ? from : `${from}, was set by ${replaces}`;
}

const MOVES_SHOWN = 20;

/** Objects that another Application is to take over, as lines: `> ConfigMap/x  no longer in Git; it goes over to …`. */
export function describeMoved({ leaving = [] }: Pick<Plan, 'leaving'>): string[] {
  const shown = leaving
    .slice(0, MOVES_SHOWN)
    .map(({ kind, name, message }) => `> ${kind}/${name}  ${message}`);
  const more = leaving.length - shown.length;
  return more > 0 ? [...shown, `> … and ${more} more go over`] : shown;
}

const NAMES_SHOWN = 10;

/** `ConfigMap/a, Secret/b and 3 more` */
export function describeNames(all: readonly { readonly kind: string; readonly name: string }[]): string {
  const names = all.slice(0, NAMES_SHOWN).map(({ kind, name }) => `${kind}/${name}`);
  const more = all.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
