import type { Logger } from './port.ts';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;
export type LogLevel = keyof typeof LEVELS;

/** Errors as text, with their stack; everything else as JSON has it. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : typeof value === 'bigint' ? String(value) : value;

/**
 * One JSON object a line on stderr: `time` (RFC 3339), `level`, `component`, the fields given and `msg`.
 * The least level is the argument, else GANTRY_LOG_LEVEL, else `info`.
 */
export function createLogger(
  component: string,
  level: LogLevel = (process.env.GANTRY_LOG_LEVEL as LogLevel | undefined) ?? 'info',
  write: (line: string) => void = (line) => process.stderr.write(line),
): Logger {
  const least = LEVELS[level] ?? LEVELS.info;
  const at = (name: LogLevel) => (fields: object, message: string) => {
    if (LEVELS[name] < least) return;
    const line = { time: new Date().toISOString(), level: name, component, ...fields, msg: message };
    write(`${JSON.stringify(line, plain)}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
