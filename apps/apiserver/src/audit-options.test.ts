import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addAuditFlags, auditOptions } from './audit-options.ts';

function read(...args: string[]) {
  const command = new Command();
  addAuditFlags(command);
  return auditOptions(command.parse(args, { from: 'user' }).opts());
}

it('are read as the original has them', () => {
  expect(read('--audit-log-path', '-').log).toMatchObject({ mode: 'blocking', maxBatchSize: 1 });
  const webhook = ['--audit-webhook-config-file', 'x'];
  expect(read(...webhook).webhook).toMatchObject({ mode: 'batch', throttle: { qps: 10, burst: 15 } });
});

it.each([
  ['--audit-webhook-batch-throttle-qps', '0', 'webhook throttle QPS 0'],
  ['--audit-webhook-batch-throttle-qps', 'x', 'webhook throttle QPS NaN'],
  ['--audit-webhook-batch-max-size', '0', 'webhook max batch size 0'],
])('refuse %s %s, with which no batch could go out', (flag, value, words) => {
  expect(() => read('--audit-webhook-config-file', 'x', flag, value)).toThrow(
    `invalid audit batch ${words}, must be a positive number`,
  );
});
