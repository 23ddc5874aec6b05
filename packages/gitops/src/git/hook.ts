/**
 * What git runs as pre-receive and post-receive: hands the ref updates to the sync process over its socket and prints
 * the lines that come back. The last line is the verdict. Small, since it starts on every push.
 */
import { request } from 'node:http';

/** Ends the answer: `0` accepts, `1` rejects. Everything before it is for the person who pushes. */
export const VERDICT = '\u0000verdict ';

function main(): void {
  const socketPath = process.env.GANTRY_HOOK_SOCKET ?? '';
  const chunks: Buffer[] = [];
  process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk));
  process.stdin.on('end', () => {
    const body = JSON.stringify({
      hook: process.argv[2],
      ticket: process.env.GANTRY_TICKET,
      updates: Buffer.concat(chunks).toString(),
      objectDirectory: process.env.GIT_OBJECT_DIRECTORY,
      alternates: process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES,
      quarantine: process.env.GIT_QUARANTINE_PATH,
    });
    const call = request(
      { socketPath, path: '/hook', method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        let verdict = 1;
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          const lines = text.split('\n');
          text = lines.pop() ?? '';
          for (const line of lines) {
            if (line.startsWith(VERDICT)) verdict = Number(line.slice(VERDICT.length));
            else process.stdout.write(`${line}\n`);
          }
        });
        response.on('end', () => process.exit(verdict));
      },
    );
    call.on('error', (error) => {
      process.stdout.write(`Gantry's sync process does not answer (${error.message}): nothing was changed\n`);
      process.exit(1);
    });
    call.end(body);
  });
}

if (process.argv[1] === import.meta.filename) main();
