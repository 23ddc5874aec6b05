import type { Command, Option } from 'commander';
import { durationText } from './duration-text.ts';
import { INERT_FLAGS } from './inert-flags.ts';

function defaultText({ defaultValue, defaultValueDescription, flags }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  if (defaultValue === undefined || defaultValue === '') return '';
  if (Array.isArray(defaultValue)) return defaultValue.join(',');
  if (typeof defaultValue === 'number' && flags.includes('<duration>')) return durationText(defaultValue);
  return String(defaultValue);
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const escaped = (text: string): string => text.replaceAll('|', '\\|');

/** `docs/apiserver-flags.md`, from the flags themselves. */
export function flagsPage(command: Command): string {
  const shown = command.options
    .filter(({ hidden, long }) => !hidden && long !== '--help')
    .toSorted((a, b) => ((a.long ?? '') < (b.long ?? '') ? -1 : 1));
  const inert = Object.entries(INERT_FLAGS).map(([reason, names]) => {
    const known = new Set(shown.map(({ long }) => long));
    const own = names.filter((name) => !known.has(`--${name}`)).toSorted();
    return `- ${reason}: ${own.map((name) => `\`--${name}\``).join(', ')}`;
  });
  return `# Flags of the API server

Written from \`apps/apiserver/src/options.ts\`; a test keeps it so (\`vitest run -u\` writes it anew). Names are kube-apiserver's where it has the
flag; [apiserver.md](apiserver.md#flags) tells the ones of our own. An unknown flag ends the start and names the closest one.

${row(['flag', 'meaning', 'default'])}
${row(['---', '---', '---'])}
${shown.map((option) => row([`\`${escaped(option.flags)}\``, escaped(option.description), escaped(defaultText(option))])).join('\n')}

## Without effect

Taken, so that a command line of the original's works; a warning in the log says so.

${inert.join('\n')}
`;
}
