import { fuzzRuns } from '@gantry/machinery/testing/fuzz-runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frontend } from './frontend.ts';
import { iptablesEntries } from './iptables/entries.ts';
import { type Entry, Ledger, type Operation } from './ledger.ts';
import { nftEntries } from './nftables/entries.ts';
import { renderOperations } from './nftables/table.ts';

const backend = fc.record({
  ip: fc.constantFrom('10.244.0.2', '10.244.0.3', '10.244.1.4'),
  port: fc.constantFrom(80, 8080),
  local: fc.boolean(),
});
const pool = fc.uniqueArray(backend, { maxLength: 4, selector: (b) => `${b.ip}:${b.port}` });
const frontend: fc.Arbitrary<Frontend> = fc
  .record({
    ip: fc.constantFrom('10.96.0.1', '10.96.0.2', '192.0.2.1'),
    protocol: fc.constantFrom('tcp', 'udp', 'sctp'),
    port: fc.constantFrom(53, 80),
    service: fc.constantFrom('a/x', 'a/y'),
    backends: pool,
    masquerade: fc.constantFrom('always', 'off-cluster', 'never'),
    whenEmpty: fc.constantFrom('reject', 'drop'),
    local: fc.option(pool, { nil: undefined }),
    affinitySeconds: fc.option(fc.constantFrom(3, 600), { nil: undefined }),
    sources: fc.option(fc.constantFrom(['203.0.113.0/24']), { nil: undefined }),
  })
  .map(({ local, affinitySeconds, sources, ...rest }) => ({
    ...rest,
    ...(local === undefined ? {} : { local }),
    ...(affinitySeconds === undefined ? {} : { affinitySeconds }),
    ...(sources === undefined ? {} : { sources }),
  }));
const owners = ['default/a', 'default/b', 'kube-system/c'];
const step = fc.dictionary(fc.constantFrom(...owners), fc.array(frontend, { maxLength: 3 }));
const names = { prefix: 'GANTRY', clusterCidr: '10.244.0.0/16' };

const translations: Record<string, (frontend: Frontend) => Entry[]> = {
  nftables: nftEntries,
  iptables: (f) => iptablesEntries(f, names),
};

/** What a kernel would do: refuses to add what is there and to delete what is not. */
function apply(tables: Map<string, string>, operations: readonly Operation[]): void {
  for (const o of operations) {
    const id = `${o.table} ${o.key}`;
    if (o.op === 'delete') expect(tables.delete(id)).toBe(true);
    else {
      expect(tables.has(id)).toBe(false);
      tables.set(id, o.value);
    }
  }
}

describe.each(Object.entries(translations))('differ for %s', (_name, translate) => {
  it('operations applied one after the other make what a load of the last state makes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const ledger = new Ledger();
        const last = new Map<string, Entry[]>();
        const tables = new Map<string, string>();
        for (const changes of steps) {
          const entries = new Map(
            Object.entries(changes).map(([owner, list]) => [owner, list.flatMap(translate)]),
          );
          for (const [owner, list] of entries) last.set(owner, list);
          apply(tables, ledger.update(entries));
        }
        const fresh = new Map<string, string>();
        apply(fresh, new Ledger().update(last));
        expect(tables).toEqual(fresh);
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('the same state again changes nothing', () => {
    fc.assert(
      fc.property(step, (state) => {
        const entries = new Map(
          Object.entries(state).map(([owner, list]) => [owner, list.flatMap(translate)]),
        );
        const ledger = new Ledger();
        ledger.update(entries);
        expect(ledger.update(entries)).toEqual([]);
      }),
    );
  });
});

describe('nftables commands', () => {
  it('never name a chain that is not there, nor delete one that is named', () => {
    fc.assert(
      fc.property(step, step, (before, after) => {
        const ledger = new Ledger();
        const run = (state: Record<string, Frontend[]>) =>
          renderOperations(
            't',
            ledger.update(new Map(owners.map((o) => [o, (state[o] ?? []).flatMap(nftEntries)]))),
          );
        const chains = new Set(['reject-chain']);
        for (const command of [...run(before), ...run(after)]) {
          const named = [...command.matchAll(/goto ([\w-]+)/g)].map((m) => m[1] ?? '');
          for (const name of named) expect(chains).toContain(name);
          const [verb, what, , , chain = ''] = command.split(' ');
          if (verb === 'add' && what === 'chain') chains.add(chain);
          if (verb === 'delete' && what === 'chain') chains.delete(chain);
        }
        const used = [...ledger.list('services'), ...ledger.list('services-local')].map((e) =>
          e.value.slice(5),
        );
        for (const name of used) expect(chains).toContain(name);
      }),
    );
  });
});
