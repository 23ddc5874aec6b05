import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layoutOf } from '../layout.ts';
import { isEmptyTable } from './empty-tables.ts';
import { mountsBelow, purge } from './purge.ts';
import { descendants } from './shims.ts';

describe('mountsBelow', () => {
  const mounts = [
    'overlay / overlay rw 0 0',
    'tmpfs /srv/g\\040d/node/pods/1/volumes/a tmpfs rw 0 0',
    'tmpfs /srv/g\\040d/node tmpfs rw 0 0',
    'tmpfs /srv/g\\040d tmpfs rw 0 0',
    'tmpfs /srv/g\\040d-other/x tmpfs rw 0 0',
    '',
  ].join('\n');

  it('is deepest first, without the folder itself and its neighbours', () => {
    expect(mountsBelow(mounts, '/srv/g d')).toEqual(['/srv/g d/node/pods/1/volumes/a', '/srv/g d/node']);
  });
});

describe('isEmptyTable', () => {
  const table = (body: string): string => `table ip nat {\n\tchain PREROUTING {\n${body}\t}\n}\n`;
  const base = '\t\ttype nat hook prerouting priority dstnat; policy accept;\n';

  it('is one with base chains alone', () => {
    expect(isEmptyTable(table(base))).toBe(true);
    expect(isEmptyTable(`# Warning: managed by iptables-nft\n${table(base)}`)).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    [table(`${base}\t\tcounter packets 0 bytes 0 jump X\n`), 'a rule'],
    [table(base.replace('accept', 'drop')), 'a policy that drops'],
    [table(''), 'a chain of somebody'],
  ])('is not %j: %s', (text) => {
    expect(isEmptyTable(text)).toBe(false);
  });
});

describe('descendants', () => {
  it('finds children of children and nobody else', () => {
    const parents = new Map([
      [10, 1],
      [11, 10],
      [12, 11],
      [13, 10],
      [20, 1],
    ]);
    expect(descendants(10, parents).sort()).toEqual([11, 12, 13]);
    expect(descendants(20, parents)).toEqual([]);
  });
});

describe('purge', () => {
  let data = '';
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'gantry-purge-'));
    for (const folder of ['pki', 'postgres/data', 'logs']) mkdirSync(join(data, folder), { recursive: true });
    writeFileSync(join(data, 'gantry.json'), '{}');
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  it('removes the folder when all in it is ours', async () => {
    expect(await purge(layoutOf(data), undefined)).toEqual([]);
    expect(existsSync(data)).toBe(false);
  });

  it('leaves what is not ours, and names it', async () => {
    writeFileSync(join(data, 'thesis.tex'), 'mine');
    expect(await purge(layoutOf(data), undefined)).toEqual(['thesis.tex']);
    expect(readdirSync(data)).toEqual(['thesis.tex']);
  });
});
