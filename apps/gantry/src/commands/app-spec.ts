import type { Application, ApplicationSpec } from '@gantry/api/generated/types';
import { type Command, Option } from 'commander';
import { UserError } from '../errors.ts';

/** As commander gives it: what an Application is made or changed with. */
export interface RawSpecOptions {
  readonly repository?: string;
  readonly branch?: string;
  readonly tag?: string;
  readonly semver?: string;
  readonly commit?: string;
  readonly path?: string;
  readonly destNamespace?: string;
  readonly serviceAccount?: string;
  readonly dependsOn?: string[];
  readonly deletionPolicy?: string;
  readonly autoSync?: boolean;
  readonly prune?: boolean;
  readonly selfHeal?: boolean;
}

const FOLLOWED = ['branch', 'tag', 'semver', 'commit'] as const;
const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

export const withSpecOptions = (command: Command, verb: 'create' | 'set'): Command =>
  command
    .option('--repository <name>', verb === 'create' ? 'default: of the same name' : 'another Repository')
    .option('--branch <name>', verb === 'create' ? 'follows a branch (default: main)' : 'follows a branch')
    .option('--tag <name>', 'follows a tag')
    .option('--semver <range>', 'follows the highest tag in a range, such as ">=1.2.0 <2"')
    .option('--commit <id>', 'stays at a commit, by its full id')
    .option('--path <folder>', 'folder in the repository')
    .option('--dest-namespace <name>', "namespace of objects that name none (default: the Application's)")
    .option('--service-account <name>', 'whose rights the sync acts with')
    .option('--depends-on <name>', 'NAME or NAMESPACE/NAME of one that comes first (repeatable)', collect)
    .addOption(
      new Option('--deletion-policy <policy>', 'what becomes of its objects').choices(['Orphan', 'Cascade']),
    )
    .option('--auto-sync', 'applies each new commit by itself')
    .option('--no-auto-sync', 'waits until a sync is asked for')
    .option('--prune', 'deletes what Git no longer holds')
    .option('--no-prune', 'leaves what Git no longer holds')
    .option('--self-heal', 'puts back what others change')
    .option('--no-self-heal', 'leaves what others change');

/** What the options say of the source. Naming one thing to follow lets go of the others. Throws UserError. */
function sourceOf(raw: RawSpecOptions): Record<string, string | null> {
  const named = FOLLOWED.filter((field) => raw[field] !== undefined);
  if (named.length > 1)
    throw new UserError(`--${named[0]} and --${named[1]}: an Application follows one of them`, 2);
  const { repository, path } = raw;
  const followed =
    named.length === 0 ? {} : Object.fromEntries(FOLLOWED.map((field) => [field, raw[field] ?? null]));
  return {
    ...(repository === undefined ? {} : { repository }),
    ...(path === undefined ? {} : { path }),
    ...followed,
  };
}

function dependencyOf(text: string): { name: string; namespace?: string } {
  const parts = text.split('/');
  const [namespace, name] = parts.length === 1 ? [undefined, text] : parts;
  if (parts.length > 2 || name === undefined || name === '' || namespace === '')
    throw new UserError(`--depends-on: ${JSON.stringify(text)} is no NAME or NAMESPACE/NAME`, 2);
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

/** The options as a merge patch of the spec. Throws UserError. */
export function specPatch(raw: RawSpecOptions): Record<string, unknown> {
  const { autoSync, prune, selfHeal, destNamespace, serviceAccount, dependsOn, deletionPolicy } = raw;
  const policy = {
    ...(autoSync === undefined ? {} : { automated: autoSync }),
    ...(prune === undefined ? {} : { prune }),
    ...(selfHeal === undefined ? {} : { selfHeal }),
  };
  const source = sourceOf(raw);
  return {
    ...(Object.keys(source).length === 0 ? {} : { source }),
    ...(Object.keys(policy).length === 0 ? {} : { syncPolicy: policy }),
    ...(destNamespace === undefined ? {} : { destination: { namespace: destNamespace } }),
    ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map(dependencyOf) }),
    ...(deletionPolicy === undefined ? {} : { deletionPolicy }),
  };
}

/** A new Application. Throws UserError. */
export function newApplication(name: string, namespace: string, raw: RawSpecOptions): Application {
  const { source = {}, ...rest } = specPatch(raw) as { source?: Record<string, string | null> };
  const given = Object.entries(source).filter(([, value]) => value !== null);
  return {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace },
    spec: { ...rest, source: { repository: name, ...Object.fromEntries(given) } } as ApplicationSpec,
  };
}
