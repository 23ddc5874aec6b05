import { getOrMake } from '../../cache/get-or-make.ts';
import { baselineChecks } from './baseline.ts';
import type { LevelVersion } from './policy.ts';
import { restrictedChecks } from './restricted.ts';
import type { Check, PodLike, VersionedCheck, Violation } from './text.ts';

/** The newest version in which a check changed; later ones, and `latest`, are the same. */
const NEWEST = Math.max(
  ...[...baselineChecks, ...restrictedChecks].flatMap(({ versions }) => versions.map(([minor]) => minor)),
);

const checkAt = ({ versions }: VersionedCheck, minor: number): Check | undefined =>
  versions.findLast(([from]) => from <= minor)?.[1];

function checksOf(level: 'baseline' | 'restricted', minor: number): Check[] {
  const own = level === 'baseline' ? [] : restrictedChecks.filter((check) => checkAt(check, minor));
  const overridden = new Set(own.map(({ overrides }) => overrides));
  const base = baselineChecks.filter(({ id }) => !overridden.has(id));
  return [...base, ...own]
    .map((check) => checkAt(check, minor))
    .filter((check): check is Check => check !== undefined);
}

const known = new Map<string, readonly Check[]>();

/** What a pod has that a level does not allow, as it was in a version of Kubernetes. */
export function violations(pod: PodLike, { level, version }: LevelVersion): Violation[] {
  if (level === 'privileged') return [];
  const minor = version === 'latest' ? NEWEST : Math.min(Number(version.slice('v1.'.length)), NEWEST);
  const checks = getOrMake(known, `${level}/${minor}`, () => checksOf(level, minor));
  return checks.map((check) => check(pod)).filter((found): found is Violation => found !== undefined);
}
