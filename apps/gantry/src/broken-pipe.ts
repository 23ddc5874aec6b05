/**
 * Who reads no further (`gantry ledger | head`) ends a command quietly. A start (`goesOn`) goes on without its reader:
 * pods depend on it.
 */
export function expectBrokenPipe(goesOn: boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (goesOn) return;
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}
