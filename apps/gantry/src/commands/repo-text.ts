import type { Application, Repository } from '@gantry/api/generated/types';
import { table } from './app-text.ts';

const REFS_SHOWN = 20;

const readyOf = ({ status }: Repository) => status?.conditions?.find(({ type }) => type === 'Ready');
const sourceOf = ({ spec }: Repository): string => (spec.hosted === true ? '(hosted)' : (spec.url ?? ''));
const count = (refs: Readonly<Record<string, string>> = {}): string => String(Object.keys(refs).length);

export const repositoryListText = (all: readonly Repository[]): string =>
  table([
    ['NAMESPACE', 'NAME', 'SOURCE', 'READY', 'BRANCHES', 'TAGS', 'MESSAGE'],
    ...all.map((repository) => {
      const { metadata, status } = repository;
      const ready = readyOf(repository);
      return [
        metadata.namespace ?? '',
        metadata.name,
        sourceOf(repository),
        ready?.status ?? 'Unknown',
        count(status?.branches),
        count(status?.tags),
        ready?.status === 'True' ? '' : (ready?.message ?? ''),
      ];
    }),
  ]);

function refsText(title: string, refs: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(refs).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  if (entries.length === 0) return '';
  const rows = entries.slice(0, REFS_SHOWN).map(([name, commit]) => [name, commit.slice(0, 7)]);
  const more = entries.length - rows.length;
  return `\n${table([[title, 'COMMIT'], ...rows])}${more > 0 ? `… and ${more} more\n` : ''}`;
}

/** Everything that a person asks about a Repository. */
export function repositoryText(repository: Repository, followers: readonly Application[]): string {
  const { metadata, spec, status = {} } = repository;
  const ready = readyOf(repository);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['repository', `${metadata.namespace}/${metadata.name}`],
    ['source', sourceOf(repository)],
    ['ready', ready?.status ?? 'Unknown'],
    ['message', ready?.status === 'True' ? undefined : ready?.message],
    ['looks every', spec.hosted === true ? undefined : spec.interval],
    ['webhook', status.webhookPath],
    ['signed by', spec.verify === undefined ? undefined : `keys of Secret ${spec.verify.secretRef.name}`],
    ['protected', spec.protectedBranches?.map(({ pattern }) => pattern).join(', ')],
    ['followed by', followers.map(({ metadata: { name } }) => name).join(', ')],
  ];
  const lines = facts.flatMap(([name, text]) =>
    text === undefined || text === '' ? [] : [`${`${name}:`.padEnd(13)}${text}\n`],
  );
  return lines.join('') + refsText('BRANCH', status.branches) + refsText('TAG', status.tags);
}
