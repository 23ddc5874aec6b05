import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const MODULE = fileURLToPath(new URL('broken-pipe.ts', import.meta.url));

/** Writes twice to a reader that has gone: what `| head` does to a long answer. */
async function write(goesOn: boolean): Promise<{ stdout: string; stderr: string }> {
  const program = `
    import { expectBrokenPipe } from '${MODULE}';
    expectBrokenPipe(${goesOn});
    process.stdout.write('one');
    setTimeout(() => { process.stdout.write('two'); setTimeout(() => process.exit(7)); });`;
  const script = 'exec 3> >(exit 0); wait $!; "$1" --input-type=module -e "$2" >&3; echo "ended with $?"';
  return promisify(execFile)('bash', ['-c', script, '-', process.execPath, program]);
}

test('a reader that goes away ends a command quietly', async () => {
  expect(await write(false)).toEqual({ stdout: 'ended with 0\n', stderr: '' });
});

test('a start goes on without its reader', async () => {
  expect(await write(true)).toEqual({ stdout: 'ended with 7\n', stderr: '' });
});
