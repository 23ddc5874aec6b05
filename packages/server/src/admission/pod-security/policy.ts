import { type FieldError, invalid } from '@gantry/machinery/field-error';

export type Level = 'privileged' | 'baseline' | 'restricted';

const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const PREFIX = 'pod-security.kubernetes.io/';

export interface LevelVersion {
  readonly level: Level;
  /** `latest` or `v1.N`. Checks are those of the newest version in any case; the text is shown. */
  readonly version: string;
}

export interface Policy {
  readonly enforce: LevelVersion;
  readonly warn: LevelVersion;
  readonly errors: readonly FieldError[];
}

const isLevel = (text: string): text is Level => (LEVELS as readonly string[]).includes(text);

export const formatLevel = ({ level, version }: LevelVersion): string =>
  JSON.stringify(`${level}:${version}`);

/** Whether `a` forbids more than `b`. */
export const isStricter = (a: Level, b: Level): boolean => LEVELS.indexOf(a) > LEVELS.indexOf(b);

/**
 * What a namespace's labels ask for. A bad enforce level counts as restricted, a bad warn level as none; without a warn level,
 * the enforced one also warns about pod templates.
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function policyOf(labels: Readonly<Record<string, string>>): Policy {
  const errors: FieldError[] = [];
  const read = (mode: string, onError: Level): { level: Level; version: string; named: boolean } => {
    const level = labels[`${PREFIX}${mode}`];
    const version = labels[`${PREFIX}${mode}-version`] ?? 'latest';
    const versionOk = version === 'latest' || /^v1\.(0|[1-9]\d{0,3})$/.test(version);
    if (!versionOk) {
      errors.push(
        invalid(`metadata.labels[${PREFIX}${mode}-version]`, version, 'must be "latest" or "v1.x"'),
      );
    }
    const shown = versionOk ? version : 'latest';
    if (level === undefined) return { level: 'privileged', version: shown, named: false };
    if (isLevel(level)) return { level, version: shown, named: true };
    errors.push(
      invalid(`metadata.labels[${PREFIX}${mode}]`, level, 'must be one of privileged, baseline, restricted'),
    );
    return { level: onError, version: shown, named: mode !== 'enforce' };
  };
  const enforce = read('enforce', 'restricted');
  read('audit', 'privileged');
  const warn = read('warn', 'privileged');
  return { enforce, warn: !warn.named && enforce.named ? enforce : warn, errors };
}
