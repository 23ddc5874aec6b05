import { describe, expect, test } from 'vitest';
import { memoryKinds, memoryTree } from '../testing/memory-tree.ts';
import { render } from './render.ts';
import { formatProblem } from './source-object.ts';

const rendered = (files: Record<string, string>, folder = '.') =>
  render(memoryTree(files), folder, 'shop', memoryKinds());
const problems = async (files: Record<string, string>) => (await rendered(files)).problems.map(formatProblem);

const configMap = (name: string, extra = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${extra}`;

describe('render', () => {
  test('reads every document below the folder, in path order, and fills in the namespace', async () => {
    const files = {
      'b.yml': configMap('b', '  namespace: other\n'),
      'a/a.yaml': `${configMap('a1')}---\n${configMap('a2')}`,
      'c.json': '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}',
      'README.md': 'not a manifest',
      '.github/workflow.yaml': 'on: push',
    };
    const { objects, problems } = await rendered(files);
    expect(problems).toEqual([]);
    expect(
      objects.map(({ object, file, line }) => [object.metadata.namespace, object.metadata.name, file, line]),
    ).toEqual([
      ['shop', 'a1', 'a/a.yaml', 1],
      ['shop', 'a2', 'a/a.yaml', 6],
      ['other', 'b', 'b.yml', 1],
      [undefined, 'shop', 'c.json', 1],
    ]);
  });

  test('reads only the folder', async () => {
    const { objects } = await rendered(
      { 'deploy/a.yaml': configMap('a'), 'other/b.yaml': configMap('b') },
      './deploy/',
    );
    expect(objects.map(({ object }) => object.metadata.name)).toEqual(['a']);
  });

  test('takes a List apart', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata:\n      name: one\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: {}\n`;
    const { objects, problems } = await rendered({ 'l.yaml': list });
    expect(objects.map(({ object, line }) => [object.metadata.name, line])).toEqual([['one', 4]]);
    expect(problems.map(formatProblem)).toEqual(['l.yaml:8: ConfigMap metadata.name: Required value']);
  });

  test('says so when a kustomization or chart lies further down', async () => {
    expect(
      await problems({ 'a.yaml': configMap('a'), 'k/kustomization.yaml': 'x: y', 'c/Chart.yaml': 'name: c' }),
    ).toEqual([
      'c/Chart.yaml: a chart below a folder of manifests: set spec.source.path to its own folder',
      'k/kustomization.yaml: a kustomization below a folder of manifests: set spec.source.path to its own folder',
    ]);
  });

  test('builds a kustomization, whose namespace is for what has one', async () => {
    const files = {
      'kustomization.yaml': 'namespace: other\nresources: [a.yaml, t.yaml]\n',
      'a.yaml': configMap('a'),
      't.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: ns}\n',
    };
    const { objects, problems: wrong, folders } = await rendered(files);
    expect(wrong).toEqual([]);
    expect(objects.map(({ object }) => object.metadata)).toEqual([
      { name: 'other' },
      { name: 'a', namespace: 'other' },
    ]);
    expect(folders).toEqual(['']);
  });

  test('takes nothing for an object that a patch has taken apart', async () => {
    const patch = (operation: string) => ({
      'kustomization.yaml': `resources: [a.yaml]\npatches: [{target: {kind: ConfigMap}, patch: '[${operation}]'}]\n`,
      'a.yaml': configMap('a'),
    });
    expect(await problems(patch('{"op": "remove", "path": "/apiVersion"}'))).toEqual([
      'a.yaml:1: ConfigMap apiVersion: Required value',
    ]);
    expect(await problems(patch('{"op": "replace", "path": "/metadata/name", "value": 7}'))).toEqual([
      'kustomization.yaml:2: ConfigMap metadata.name: Invalid value: 7: must be a string: put it in quotes',
    ]);
    expect(await problems(patch('{"op": "remove", "path": "/metadata"}'))).toEqual([
      'a.yaml:3: ConfigMap metadata.name: Required value',
    ]);
  });

  test('a chart needs a helm', async () => {
    expect(await problems({ 'Chart.yaml': 'name: x' })).toEqual(['.: a Helm chart: no helm is set up here']);
  });

  test('does not follow symbolic links, and says so: what they stood for would be deleted', async () => {
    const { objects, problems: wrong } = await rendered({
      'a.yaml': configMap('a'),
      'x.link.yaml': '/etc/passwd',
      '.hidden.link.yaml': 'a.yaml',
    });
    expect(objects).toHaveLength(1);
    expect(wrong).toEqual([
      { file: 'x.link.yaml', reason: 'a symbolic link is not followed: put the manifest itself here' },
    ]);
  });

  test('names every problem with file and line', async () => {
    expect(
      await problems({
        'a.yaml': configMap('same'),
        'b.yaml': `# first\n${configMap('same')}`,
        'c.yaml': 'apiVersion: v1\nkind: Widget\nmetadata:\n  name: w\n',
        'd.yaml': 'just text\n',
        'e.yaml': 'a: [1\n',
        'f.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns\n  namespace: m\n',
        'h.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: no\n',
        'g.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: g-\n',
      }),
    ).toEqual([
      'd.yaml:1: not a Kubernetes object: a mapping with apiVersion, kind and metadata is expected',
      expect.stringMatching(/^e\.yaml:\d+: not YAML: /),
      'g.yaml:1: ConfigMap metadata.name: Required value: generateName would make a new object on each sync',
      'h.yaml:1: ConfigMap metadata.name: Invalid value: false: must be a string: put it in quotes',
      'c.yaml:2: Widget/w kind: no matches for kind "Widget" in version "v1"',
      'f.yaml:5: Namespace/ns metadata.namespace: Namespace is not namespaced: remove metadata.namespace',
      'b.yaml:2: ConfigMap/same metadata.name: duplicate object: it stands at a.yaml:1 already',
    ]);
  });

  test('refuses a path out of the repository and a file that is too large', async () => {
    await expect(rendered({}, '../etc')).rejects.toThrow('path "../etc" leaves the repository');
    await expect(rendered({ 'big.yaml': 'x'.repeat(4 << 20) })).rejects.toThrow(
      'big.yaml has 4194304 bytes: a manifest may have 3145728',
    );
  });
});
