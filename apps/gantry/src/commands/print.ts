import { stringifyYaml } from '@gantry/machinery/yaml';
import { UserError } from '../errors.ts';

/** Throws UserError for a format that there is not. */
export function checkOutput(output: string | undefined): void {
  if (output !== undefined && output !== 'json' && output !== 'yaml')
    throw new UserError(`-o: ${JSON.stringify(output)} is not json or yaml`, 2);
}

/** Prints a value as JSON or YAML, else as text. Returns the exit code. */
export function print(output: string | undefined, value: unknown, text: () => string): number {
  if (output === 'json') process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  else process.stdout.write(output === 'yaml' ? stringifyYaml(value) : text());
  return 0;
}
