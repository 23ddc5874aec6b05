import { createLogger } from '@gantry/runtime/logger';
import { runProcess } from '@gantry/runtime/process';
import { runManager } from './manager.ts';
import { options } from './options.ts';

const log = createLogger('controller-manager');

await runProcess(log, (signal) => runManager(options(process.argv), log, signal));
