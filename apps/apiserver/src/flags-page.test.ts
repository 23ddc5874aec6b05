import { describe, expect, it } from 'vitest';
import { flagsPage } from './flags-page.ts';
import { INERT_FLAGS } from './inert-flags.ts';
import { flagsCommand } from './options.ts';

describe('the flags', () => {
  it('are described in docs/apiserver-flags.md', async () => {
    await expect(flagsPage(flagsCommand())).toMatchFileSnapshot('../../../docs/apiserver-flags.md');
  });

  it('are all known once', () => {
    const names = flagsCommand().options.map(({ long }) => long);
    expect(new Set(names).size).toBe(names.length);
    for (const name of Object.values(INERT_FLAGS).flat()) expect(names).toContain(`--${name}`);
  });
});
