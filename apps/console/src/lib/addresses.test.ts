import { describe, expect, it } from 'vitest';
import { cellText, gridTemplate, measure, shownColumns } from './columns.ts';
import { endReason, execPath } from './exec.ts';
import { logUrl } from './log-stream.ts';
import { listHref, objectHref, objectOf, pluralKind, resourceOf } from './paths.ts';
import { differInStatusOnly, rebase, revisionOf } from './resource-version.ts';
import { changedQuery } from './url-state.ts';

const NODES = { group: '', version: 'v1', plural: 'nodes' };
const DEPLOYMENTS = { group: 'apps', version: 'v1', plural: 'deployments' };

describe('addresses', () => {
  it('lead back to the object that they were made from', () => {
    for (const ref of [
      { resource: NODES, namespace: '', name: 'a.b' },
      { resource: DEPLOYMENTS, namespace: 'shop', name: 'web' },
    ]) {
      const [, , group, version, plural, namespace, name] = objectHref(ref).split('/');
      expect(objectOf({ group, version, plural, namespace, name })).toEqual(ref);
    }
    expect(resourceOf({ group: 'core', version: 'v1', plural: 'nodes' })).toEqual(NODES);
    expect(listHref(NODES)).toBe('/resources/core/v1/nodes');
  });

  it('keep what the query holds besides', () => {
    expect(changedQuery('?ns=shop&q=a', { q: '', sel: 'shop/web' })).toBe('?ns=shop&sel=shop%2Fweb');
    expect(changedQuery('?q=a', { q: '' })).toBe('');
  });

  it('name kinds in the plural', () => {
    expect(pluralKind('NetworkPolicy', 'networkpolicies')).toBe('NetworkPolicies');
    expect(pluralKind('Endpoints', 'endpoints')).toBe('Endpoints');
    expect(pluralKind('Ingress', 'ingresses')).toBe('Ingresses');
  });
});

describe('logs and shells', () => {
  it('never follow the log of a container that has ended', () => {
    const query = {
      namespace: 'a/b',
      pod: 'p',
      container: 'c',
      follow: true,
      timestamps: false,
      tailLines: 5,
    };
    expect(logUrl({ ...query, previous: true })).toBe(
      '/api/v1/namespaces/a%2Fb/pods/p/log?container=c&tailLines=5&previous=true',
    );
    expect(logUrl({ ...query, previous: false })).toContain('follow=true');
  });

  it('pass the command word by word', () => {
    const query = new URLSearchParams(execPath({ namespace: 'n', pod: 'p', container: 'c' }).split('?')[1]);
    expect(query.getAll('command').slice(0, 2)).toEqual(['sh', '-c']);
    expect(query.get('tty')).toBe('true');
  });

  it('end quietly when the shell ends by itself', () => {
    expect(endReason('{"status":"Success"}')).toBe('');
    expect(endReason('{"status":"Failure","reason":"NonZeroExitCode","message":"exit 1"}')).toBe('');
    expect(endReason('{"status":"Failure","message":"no such container"}')).toBe('no such container');
  });
});

describe('an edit', () => {
  const text = 'metadata:\n  name: a\n  resourceVersion: "7"\nspec:\n  resourceVersion: "x"\n';

  it('is put on top of another state by its revision alone', () => {
    expect(revisionOf(text)).toBe('7');
    expect(rebase(text, text.replace('"7"', '"12"'))).toBe(text.replace('"7"', '"12"'));
  });
});

describe('columns', () => {
  const server = [
    { name: 'Last Seen', type: 'string' },
    { name: 'Name', type: 'string', format: 'name' },
    { name: 'Node', type: 'string', priority: 1 },
    { name: 'Age', type: 'string' },
  ];
  const row = {
    uid: '1',
    name: 'web',
    namespace: 'shop',
    createdAt: '',
    deleting: false,
    labels: {},
    owner: null,
    cells: ['2026-01-01T00:00:00Z', 'web', null, '5s'],
  };

  it('show the namespace beside the name, and wide ones only when asked', () => {
    const names = (wide: boolean) =>
      shownColumns(server, { withNamespace: true, wide }).map(({ name }) => name);
    expect(names(false)).toEqual(['Last Seen', 'Name', 'Namespace', 'Age']);
    expect(names(true)).toContain('Node');
  });

  it('are as wide as their longest text, within bounds', () => {
    const columns = shownColumns(server, { withNamespace: true, wide: false });
    const widths = measure(columns, [row, { ...row, cells: ['', 'x'.repeat(300), null, ''] }]);
    expect(widths).toEqual([11, 46, 11, 9]);
    expect(gridTemplate([9])).toBe('minmax(9ch, 9fr)');
    expect(columns.map((column) => cellText(row, column))[2]).toBe('shop');
  });
});

describe('states of an object', () => {
  const state = (revision: number, replicas: number, ready: number): string =>
    `kind: Deployment\nspec:\n  replicas: ${replicas}\nstatus:\n  conditions:\n  - type: Available\n\n  ready: ${ready}\nmetadata:\n  name: web\n  resourceVersion: "${revision}"\n`;

  it('differ in status only, or in more', () => {
    expect(differInStatusOnly(state(1, 2, 0), state(9, 2, 2))).toBe(true);
    expect(differInStatusOnly(state(1, 2, 0), state(9, 2, 0).replace(/status:.*(?=metadata)/s, ''))).toBe(
      true,
    );
    expect(differInStatusOnly(state(1, 2, 0), state(9, 3, 0))).toBe(false);
    expect(differInStatusOnly(state(1, 2, 0), state(9, 2, 0).replace('web', 'other'))).toBe(false);
  });
});
