import { describe, expect, it } from 'vitest';
import { alice, attributes } from '../testing/fakes.ts';
import { parseAbacPolicies } from './abac.ts';
import { createAuthorization } from './authorization.ts';

const policy = (spec: object): string =>
  JSON.stringify({ apiVersion: 'abac.authorization.kubernetes.io/v1beta1', kind: 'Policy', spec });
const read = (...lines: string[]) => parseAbacPolicies(lines.join('\n'), 'policies.jsonl');
const may = (line: string, over: object = {}, user = alice): boolean =>
  read(line).authorize(user, attributes(over)).allowed;
const path = (of: string) => ({ isResourceRequest: false, verb: 'get', resource: '', path: of });

const pods = { user: 'alice', namespace: 'ns', resource: 'pods', apiGroup: '' };

describe('policies', () => {
  it('match by user, group or both', () => {
    const all = { namespace: '*', resource: '*', apiGroup: '*' };
    expect(may(policy({ ...all, user: 'alice' }))).toBe(true);
    expect(may(policy({ ...all, user: 'bob' }))).toBe(false);
    expect(may(policy({ ...all, group: 'system:authenticated' }))).toBe(true);
    expect(may(policy({ ...all, user: 'alice', group: 'other' }))).toBe(false);
    expect(may(policy(all))).toBe(false);
  });

  it('mean authenticated callers by *', () => {
    const all = policy({ user: '*', namespace: '*', resource: '*', apiGroup: '*' });
    expect(may(all)).toBe(true);
    expect(may(all, {}, { name: 'system:anonymous', groups: ['system:unauthenticated'] })).toBe(false);
  });

  it('match namespace, resource and group, of which what is left out is empty', () => {
    const request = { namespace: 'ns', resource: 'pods', group: '' };
    expect(may(policy(pods), request)).toBe(true);
    expect(may(policy(pods), { ...request, namespace: 'other' })).toBe(false);
    expect(may(policy(pods), { ...request, group: 'apps' })).toBe(false);
    expect(may(policy({ user: 'alice', resource: 'pods' }), request)).toBe(false);
    expect(may(policy({ user: 'alice', resource: 'nodes' }), { resource: 'nodes', namespace: '' })).toBe(
      true,
    );
    expect(may(policy(pods), { ...request, subresource: 'exec', verb: 'create' })).toBe(true);
  });

  it('let read only when they say so', () => {
    const request = { namespace: 'ns', resource: 'pods', group: '' };
    for (const verb of ['get', 'list', 'watch'])
      expect(may(policy({ ...pods, readonly: true }), { ...request, verb })).toBe(true);
    expect(may(policy({ ...pods, readonly: true }), { ...request, verb: 'create' })).toBe(false);
  });

  it('match paths', () => {
    for (const nonResourcePath of ['*', '/healthz', '/health*'])
      expect(may(policy({ user: 'alice', nonResourcePath }), path('/healthz'))).toBe(true);
    expect(may(policy({ user: 'alice', nonResourcePath: '/healthz/*' }), path('/healthz'))).toBe(false);
    expect(may(policy({ user: 'alice', nonResourcePath: '*' }))).toBe(false);
  });
});

it('policies of the time before versions match what they leave out', () => {
  expect(may('{}')).toBe(true);
  expect(may('{}', path('/x'))).toBe(true);
  expect(may('{"user":"alice","namespace":"ns"}', { namespace: 'ns', group: 'apps' })).toBe(true);
  expect(may('{"user":"alice","namespace":"ns"}', path('/x'))).toBe(false);
  expect(may('{"user":"alice","readonly":true}', { verb: 'delete' })).toBe(false);
});

it('a file may hold comments, and a wrong line is named', () => {
  expect(may(`# who may\n\n${policy({ user: 'alice', nonResourcePath: '/x' })}`, path('/x'))).toBe(true);
  expect(() => read('# one', '{"user":1}')).toThrow(
    'error reading policy file policies.jsonl, line 2: {"user":1}: user must be a string',
  );
  for (const line of ['nope', '[]', '{"apiVersion":"v1","kind":"Pod"}', policy({ readonly: 'x' })])
    expect(() => read(line)).toThrow('error reading policy file policies.jsonl, line 1: ');
});

it('as a mode, they allow beside others, and show in the rules of a caller', () => {
  const modes = [read(policy({ ...pods, readonly: true }), policy({ user: 'alice', nonResourcePath: '/x' }))];
  const authorization = createAuthorization([], modes);
  expect(authorization.authorize(alice, attributes({ namespace: 'ns', resource: 'pods' }))).toEqual({
    allowed: true,
    reason: '',
  });
  expect(authorization.authorize(alice, attributes({ resource: 'secrets' }))).toEqual({
    allowed: false,
    reason: 'No policy matched.',
  });
  expect(authorization.prepare).toBeUndefined();
  expect(authorization.rulesFor(alice, 'ns')).toEqual({
    rules: [{ verbs: ['get', 'list', 'watch'], apiGroups: [''], resources: ['pods'] }],
    fault: '',
  });
});
