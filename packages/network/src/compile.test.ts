import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { EndpointSlice, Pod, Service } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { compileHostPorts, compileService } from './compile.ts';
import { type Backend, type Frontend, frontendKey, type NodeFacts } from './frontend.ts';
import { iptablesEntries } from './iptables/entries.ts';
import { renderAll } from './iptables/restore.ts';
import { Ledger } from './ledger.ts';
import { nftEntries } from './nftables/entries.ts';
import { serviceOfSlice } from './proxier.ts';

interface Input {
  readonly node: NodeFacts;
  readonly services: Service[];
  readonly endpointSlices: EndpointSlice[];
  readonly pods?: Pod[];
}

const folder = new URL('./testdata/', import.meta.url);
const iptables = { prefix: 'GANTRY', clusterCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };

function frontendsOf(input: Input): Frontend[] {
  const ofServices = input.services.flatMap((service) => {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    const slices = input.endpointSlices.filter((slice) => serviceOfSlice(slice).includes(key));
    return compileService(service, slices, input.node);
  });
  return [...ofServices, ...(input.pods ?? []).flatMap((pod) => compileHostPorts(pod, input.node))];
}

const pool = (backends: readonly Backend[]) =>
  backends.map((b) => `${b.ip}:${b.port}${b.local ? ' here' : ''}`);

function output(input: Input): string {
  const frontends = frontendsOf(input);
  const described = Object.fromEntries(
    frontends.map(({ backends, local, ip: _ip, port: _port, protocol: _protocol, ...rest }, index) => [
      frontendKey(frontends[index] as Frontend),
      { ...rest, backends: pool(backends), ...(local === undefined ? {} : { local: pool(local) }) },
    ]),
  );
  const nft = new Set(
    frontends
      .flatMap(nftEntries)
      .map((e) => `${e.table} ${e.key}${e.value && `: ${e.value.replaceAll('\n', ' | ')}`}`),
  );
  const ledger = new Ledger();
  ledger.update(new Map([['all', frontends.flatMap((f) => iptablesEntries(f, iptables))]]));
  return stringify(
    { frontends: described, nftables: [...nft].sort(), iptables: renderAll(iptables, ledger, []) },
    { lineWidth: 0 },
  );
}

describe('compiler, against golden files (GOLDEN=write to write them)', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.input.yaml')))
    it(name, () => {
      const text = output(parse(readFileSync(new URL(name, folder), 'utf8')) as Input);
      const golden = new URL(name.replace('.input.', '.output.'), folder);
      if (process.env.GOLDEN === 'write') writeFileSync(golden, text);
      expect(existsSync(golden)).toBe(true);
      expect(text).toBe(readFileSync(golden, 'utf8'));
    });
});
