import { badRequest } from '@gantry/machinery/status';
import { describe, expect, it } from 'vitest';
import { parseBody } from './body.ts';
import { parseYamlBody } from './yaml.ts';
import { parseApart, parsedApart } from './yaml-apart.ts';

const wide = (count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, index) => `k${index}: 1`).join('\n'));

describe('a long YAML body', () => {
  it('is parsed in a thread, while the event loop goes on', async () => {
    const bytes = wide(20_000);
    let turns = 0;
    let done = false;
    const parsing = parseApart(bytes, 'application/yaml').finally(() => {
      done = true;
    });
    while (!done) {
      turns++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await parsing;
    expect(turns).toBeGreaterThan(10);
    expect(Object.keys(parseBody(bytes, 'application/yaml').value as object)).toHaveLength(20_000);
  });

  it('waits for no longer ones that came before', async () => {
    const order: string[] = [];
    const parse = (name: string, bytes: Buffer): Promise<unknown> =>
      parseApart(bytes, 'application/yaml').then(() => order.push(name));
    const long = Array.from({ length: 8 }, (_, index) => parse(`long ${index}`, wide(5_000)));
    await Promise.all([...long, parse('short', wide(2_000))]);
    // Two are being parsed already, and others may overtake it.
    expect(order.indexOf('short')).toBeLessThanOrEqual(4);
  });

  it('is refused when more bytes would be held than a bound, and taken again later', async () => {
    const quick = (): Buffer => Buffer.from(`a: ${'x'.repeat(3_000_000)}`);
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, () => parseApart(quick(), 'application/yaml')),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(40 - Math.floor((64 * 1024 * 1024) / 3_000_003));
    await expect(parseApart(quick(), 'application/yaml')).resolves.toBeUndefined();
  });

  it('is told of like a short one when it is broken, or holds keys twice', async () => {
    const broken = Buffer.concat([wide(2000), Buffer.from('\na: [')]);
    const twice = Buffer.concat([wide(2000), Buffer.from('\nk0: 2')]);
    await Promise.all([broken, twice].map((bytes) => parseApart(bytes, 'application/yaml')));
    expect(() => parseBody(broken, 'application/yaml')).toThrow(/^yaml: line 2001: /);
    expect(parseYamlBody(twice, badRequest).repeats).toEqual(['line 2001: key "k0" already set in map']);
  });

  it('swells to no more than a bound, however its aliases are put', async () => {
    const bomb = Buffer.from(`a: &a "${'x'.repeat(500_000)}"\nb: [${Array(90).fill('*a').join(',')}]`);
    await parseApart(bomb, 'application/yaml');
    expect(() => parseBody(bomb, 'application/yaml')).toThrow('yaml: document contains excessive aliasing');
  });

  it('is left alone when it is short, or JSON', async () => {
    const json = Buffer.from(`{"a":"${'x'.repeat(10_000)}"}`);
    await parseApart(json, 'application/apply-patch+yaml');
    await parseApart(wide(10), 'application/yaml');
    expect(parsedApart(json)).toBeUndefined();
  });
});
