import { type FieldError, invalid } from '@gantry/machinery/field-error';

export type Level = 'privileged' | 'baseline' | 'restricted';

const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const PREFIX = 'pod-security.kubernetes.io/';

export interface LevelVersion {
  readonly level: Level;
  /** `latest` or `v1.N`. */
  readonly version: string;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
  readonly errors: readonly FieldError[];
}

export const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text);

export const formatLevel = ({ level, version }: LevelVersion): string =>
  JSON.stringify(`${level}:${version}`);

/** Whether `a` forbids more than `b`. */
export const isStricter = (a: Level, b: Level): boolean => LEVELS.indexOf(a) > LEVELS.indexOf(b);

export type Defaults = Omit<Policy, 'errors'>;

const PRIVILEGED: LevelVersion = { level: 'privileged', version: 'latest' };
export const NO_DEFAULTS: Defaults = { enforce: PRIVILEGED, audit: PRIVILEGED, warn: PRIVILEGED };

export const isVersion = (text: string): boolean => text === 'latest' || /^v1\.(0|[1-9]\d*)$/.test(text);

/**
 * What a namespace's labels ask for. A bad enforce level counts as restricted, a bad audit or warn level as none; without
 * a warn level, a stricter enforced one also warns.
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function policyOf(labels: Readonly<Record<string, string>>, defaults: Defaults = NO_DEFAULTS): Policy {
  const errors: FieldError[] = [];
  const fail = (label: string, value: string, message: string): void => {
    errors.push(invalid(`metadata.labels[${label}]`, value, message));
  };
  const read = (mode: keyof Defaults, onError: Level): LevelVersion & { readonly named: boolean } => {
    const [levelLabel, versionLabel] = [PREFIX + mode, `${PREFIX}${mode}-version`];
    const given = labels[levelLabel];
    let { level, version } = defaults[mode];
    if (given !== undefined) {
      level = isLevel(given) ? given : onError;
      if (!isLevel(given)) fail(levelLabel, given, 'must be one of privileged, baseline, restricted');
    }
    const wanted = labels[versionLabel];
    if (wanted !== undefined) {
      version = isVersion(wanted) ? wanted : 'latest';
      if (!isVersion(wanted)) fail(versionLabel, wanted, 'must be "latest" or "v1.x"');
    }
    return { level, version, named: given !== undefined && isLevel(given) };
  };
  const { named, ...enforce } = read('enforce', 'restricted');
  const { named: _audit, ...audit } = read('audit', 'privileged');
  const { named: _warn, ...warn } = read('warn', 'privileged');
  if (labels[`${PREFIX}warn`] !== undefined || !named || !isStricter(enforce.level, warn.level))
    return { enforce, audit, warn, errors };
  const version = labels[`${PREFIX}warn-version`] === undefined ? enforce.version : warn.version;
  return { enforce, audit, warn: { level: enforce.level, version }, errors };
}
