import { text } from 'node:stream/consumers';
import { UserError } from '../errors.ts';
import type { TaskName, Tasks } from './tasks.ts';

type Run<Name extends TaskName> = (input: Tasks[Name]['input']) => Promise<Tasks[Name]['output']>;

/** Each loads what it needs. What they log goes to stderr, one line each. */
const tasks: { readonly [Name in TaskName]: Run<Name> } = {
  identities: async ({ layout, options, nodeName, nodeIp }) => {
    const { ensureIdentities } = await import('../identities.ts');
    await ensureIdentities(layout, options, nodeName, nodeIp);
    return null;
  },
  postgres: async ({ dataDir }) => {
    const { startPostgres } = await import('@gantry/postgres/launcher');
    const { endpoint, pid } = await startPostgres({ dataDir, detached: true, log });
    return { endpoint, pid };
  },
  runtime: async ({ dataDir, criEndpoint }) => {
    const { ensureRuntime } = await import('@gantry/node/containerd/runtime');
    const { lineLogger } = await import('./line-logger.ts');
    const logger = lineLogger(log);
    const given = criEndpoint === undefined ? {} : { criEndpoint };
    const { endpoint, pid } = await ensureRuntime({ dataDir, log: logger, ...given });
    return pid === undefined ? { endpoint } : { endpoint, pid };
  },
  cluster: async (input) => {
    const { prepareCluster } = await import('./cluster.ts');
    await prepareCluster(input);
    return null;
  },
  'stop-pods': async ({ endpoint, nodeRoot }) => {
    const { stopPods } = await import('./stop-pods.ts');
    await stopPods(endpoint, nodeRoot);
    return null;
  },
};

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

const isTask = (name: string): name is TaskName => Object.hasOwn(tasks, name);

/** Reads the task's input as JSON from stdin and writes its output as JSON to stdout. A failure is its message alone. */
export async function runTask(name: string): Promise<void> {
  if (!isTask(name)) throw new UserError(`no such task: ${name}`, 2);
  const input = JSON.parse(await text(process.stdin)) as never;
  try {
    const output = await tasks[name](input);
    await new Promise((resolve) => process.stdout.write(JSON.stringify(output), resolve));
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error));
  }
}
