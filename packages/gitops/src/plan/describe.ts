import type { ApplySetResult } from '@gantry/api/generated/types';
import { whyUnmanaged } from '../health/unmanaged.ts';
import { diffObjects } from './diff.ts';
import type { Plan } from './plan.ts';

const FIELDS_SHOWN = 4;
const LINES_MAX = 200;
const SECRET_TEXT = '(hidden)';

const short = (value: unknown): string => {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** The plan as lines for a person: `+ Deployment/web`, `~ Service/web  spec.ports[0].port: 80 → 81`, `- ConfigMap/old`. */
export function describePlan(plan: Plan): string[] {
  const lines: string[] = [];
  const counts = { create: 0, update: 0, delete: 0, none: 0 };
  for (const result of plan.results) {
    if (result.operation === undefined || result.operation === 'error') continue;
    counts[result.operation] += 1;
    if (result.operation !== 'none') lines.push(...describeResult(result));
    const unmanaged =
      result.operation === 'delete' ? undefined : whyUnmanaged(result.apiVersion, result.kind);
    if (unmanaged !== undefined) lines.push(`! ${result.kind}/${result.name}  ${unmanaged}`);
  }
  const shown =
    lines.length > LINES_MAX
      ? [...lines.slice(0, LINES_MAX), `… and ${lines.length - LINES_MAX} more`]
      : lines;
  return [
    `plan: ${counts.create} to create, ${counts.update} to change, ${counts.delete} to prune, ${counts.none} unchanged`,
    ...shown,
  ];
}

function describeResult(result: ApplySetResult): string[] {
  const name = `${result.kind}/${result.name}`;
  if (result.operation === 'create') return [`+ ${name}`];
  if (result.operation === 'delete') return [`- ${name}`];
  const secret = result.kind === 'Secret';
  const changes = diffObjects(result.before, result.after).map(({ field, before, after }) => {
    const hidden = secret && /^(data|stringData|metadata\.annotations)\b/.test(field);
    return `${field}: ${hidden ? SECRET_TEXT : short(before)} → ${hidden ? SECRET_TEXT : short(after)}`;
  });
  const [first = 'only its field owners change', ...rest] = changes;
  const more = rest.slice(0, FIELDS_SHOWN - 1).map((text) => `    ${text}`);
  return [
    `~ ${name}  ${first}`,
    ...more,
    ...(changes.length > FIELDS_SHOWN ? [`    … ${changes.length - FIELDS_SHOWN} more fields`] : []),
  ];
}

const NAMES_SHOWN = 10;

/** `ConfigMap/a, Secret/b and 3 more` */
export function describeNames(all: readonly { readonly kind: string; readonly name: string }[]): string {
  const names = all.slice(0, NAMES_SHOWN).map(({ kind, name }) => `${kind}/${name}`);
  const more = all.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
