import { commandRunner } from '@gantry/network/command';

const TABLES = ['nat', 'filter', 'raw', 'mangle'];

/** Whether a table, as `nft list table` prints it, holds base chains alone, without rules, that let everything pass. */
export function isEmptyTable(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '}' && !line.startsWith('#'));
  return (
    lines.length > 0 &&
    lines.every(
      (line) => /^(table|chain) .*\{$/.test(line) || /^type \w+ hook .*; policy accept;$/.test(line),
    ) &&
    lines.filter((line) => line.startsWith('chain ')).length ===
      lines.filter((line) => line.startsWith('type ')).length
  );
}

/** iptables makes its tables in nftables when it is first asked and never removes them. They come back when needed. */
export async function removeEmptyIptablesTables(): Promise<void> {
  const run = commandRunner([]);
  for (const name of TABLES) {
    const text = await run(['nft', 'list', 'table', 'ip', name]).catch(() => '');
    if (isEmptyTable(text)) await run(['nft', 'delete', 'table', 'ip', name]).catch(() => undefined);
  }
}
