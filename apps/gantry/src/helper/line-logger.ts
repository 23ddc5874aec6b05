import type { Logger } from '@gantry/runtime/port';

/** A logger that writes JSON lines to `write`. */
export function lineLogger(write: (line: string) => void): Logger {
  const at = (level: string) => (fields: object, message: string) =>
    write(JSON.stringify({ level, ...fields, msg: message }));
  return { info: at('info'), warn: at('warn'), error: at('error'), debug: () => undefined };
}
