import { describe, expect, it } from 'vitest';
import { UserError } from './errors.ts';
import { localApiUrl, parseUpOptions, type RawUpOptions, upArguments } from './options.ts';

const raw = (changes: Partial<RawUpOptions> = {}): RawUpOptions => ({
  data: '/srv/gantry',
  apiPort: '6443',
  consolePort: '8080',
  clusterCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  proxyMode: 'nftables',
  bind: '127.0.0.1',
  ...changes,
});

const refusal = (changes: Partial<RawUpOptions>): string => {
  try {
    parseUpOptions(raw(changes));
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 2) return error.message;
    throw error;
  }
  return 'taken';
};

describe('parseUpOptions', () => {
  it.each([
    [{ apiPort: '0' }, '--api-port: "0" is not a port'],
    [{ consolePort: '80x' }, '--console-port: "80x" is not a port'],
    [{ consolePort: '6443' }, '--api-port and --console-port are both 6443'],
    [{ nodes: 'simulated' }, '--nodes: "simulated" is not simulated:N'],
    [{ nodes: 'simulated:0' }, '--nodes: "simulated:0" is not simulated:N'],
    [{ clusterCidr: '10.244.0.0' }, '--cluster-cidr: "10.244.0.0" is not an IPv4 range'],
    [{ serviceCidr: '10.96.0.0/30' }, '--service-cidr: "10.96.0.0/30" is not an IPv4 range'],
    [{ serviceCidr: '10.300.0.0/16' }, '--service-cidr: "10.300.0.0/16" is not an IPv4 range'],
    [{ proxyMode: 'ipvs' }, '--proxy-mode: ipvs is not available yet'],
    [{ proxyMode: 'x' }, '--proxy-mode: "x" is none of'],
    [
      { criEndpoint: '/run/crio.sock' },
      '--cri-endpoint: "/run/crio.sock" is not a URL that starts with unix://',
    ],
    [{ databaseUrl: 'mysql://x' }, 'is not a URL that starts with postgres:// or postgresql://'],
    [{ bind: 'all' }, '--bind: "all" is not an IP address'],
    [{ nodeIp: '::1' }, '--node-ip: "::1" is not an IP address'],
    [{ certName: ['a b'] }, '--cert-name: "a b" is neither'],
    [{ apiserverFlag: ['oidc'] }, '--apiserver-flag: "oidc" is no flag'],
    [{ nodeName: 'Box' }, '--node-name: "Box" is not a node name'],
  ])('names the flag of %j', (changes, message) => {
    expect(refusal(changes)).toContain(message);
  });

  it('takes everything that it should', () => {
    const options = parseUpOptions(
      raw({
        nodes: 'simulated:12',
        certName: ['gantry.example.org', '192.0.2.7', '*.example.org'],
        databaseUrl: 'postgresql://u:p@db/gantry',
        bind: '0.0.0.0',
      }),
    );
    expect(options).toMatchObject({ simulatedNodes: 12, bind: '0.0.0.0', apiPort: 6443 });
    expect(localApiUrl(options)).toBe('https://127.0.0.1:6443');
    expect(localApiUrl({ bind: '::', apiPort: 1 })).toBe('https://[::1]:1');
  });
});

describe('upArguments', () => {
  it('asks for the same options again', () => {
    const options = parseUpOptions(
      raw({ nodes: 'simulated:3', certName: ['a', 'b'], nodeName: 'box', apiserverFlag: ['--a=b'] }),
    );
    const words = upArguments(options);
    expect(words).toContain('/srv/gantry');
    expect(words.filter((word) => word === '--cert-name')).toHaveLength(2);
    const again: RawUpOptions = raw();
    const names: Record<string, keyof RawUpOptions> = {
      '--data': 'data',
      '--nodes': 'nodes',
      '--node-name': 'nodeName',
    };
    for (let index = 0; index < words.length; index += 2) {
      const [flag = '', value = ''] = [words[index], words[index + 1]];
      if (flag === '--apiserver-flag') again.apiserverFlag = [value];
      else if (flag === '--cert-name') again.certName = [...(again.certName ?? []), value];
      else if (names[flag] !== undefined) Object.assign(again, { [names[flag]]: value });
    }
    expect(parseUpOptions(again)).toEqual(options);
  });
});
