import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiProcess, type Outcome, startApiProcess } from './testing/api-process.ts';

const PATH = '/apis/gitops.gantry.dev/v1alpha1';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
/** Of the next start. */
const flags: string[] = [];
let api: ApiProcess;

const kubectl = (args: string, input?: unknown, kubeconfig?: string): Promise<Outcome> =>
  api.kubectl(args.split(' '), {
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  });
const json = async (args: string, input?: unknown) => {
  const { code, out } = await kubectl(args, input);
  if (code !== 0) throw new Error(out);
  return JSON.parse(out);
};

const entry = (name: string, more: object = {}) => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'LedgerEntry',
  metadata: { name, namespace: 'shop' },
  type: 'Sync',
  application: 'web',
  commit: COMMIT,
  ...more,
});
const configMap = (value: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { value },
});
const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'keys', namespace: 'shop' },
  stringData: { password: 'swordfish' },
};
const applySet = (apply: readonly object[], prune: readonly object[] = [], more: object = {}) => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'ApplySet',
  metadata: {},
  spec: {
    fieldManager: 'gantry-sync',
    apply,
    prune,
    origin: `git:${COMMIT}`,
    ledger: { namespace: 'shop', application: 'web', repository: 'shop', commit: COMMIT, syncId: 's1' },
    ...more,
  },
});

/** Entries with their manifests, once there are as many: nobody waits for what a set records. */
const recorded = async (query: string, count: number) => {
  const read = async () => (await json(`get --raw ${PATH}/ledgerentries?manifests=true&${query}`)).items;
  await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBe(count);
  return await read();
};

beforeAll(async () => {
  api = await startApiProcess(() => flags);
  await kubectl('create namespace shop');
  await json('create -o json -f -', {
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Application',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { source: { repository: 'shop' }, user: 'tester' },
  });
});
afterAll(() => api?.stop());

describe('entries', () => {
  it('are appended, listed, found and read', async () => {
    await json(
      'create -o json -f -',
      entry('one', { time: '2026-01-02T03:04:05.678000Z', durationMs: 1200 }),
    );
    await json('create -o json -f -', entry('two', { type: 'Failure', error: 'web: image pull back-off' }));
    const table = await kubectl('-n shop get ledgerentries');
    expect(table.out).toMatch(/NAME +AGE +TYPE +APPLICATION +COMMIT +OBJECT +ACTOR +MESSAGE/);
    expect(table.out).toMatch(
      /two +\w+ +Failure +web +0123456 +<none> +tester +web: image pull back-off\none /,
    );
    expect((await kubectl('-n shop get ledger -o wide')).out).toContain('1.2s');
    expect((await kubectl('-n shop get ledger --field-selector type=Sync -o name')).out).toBe(
      'ledgerentry.gitops.gantry.dev/one\n',
    );
    const found = await json(`get --raw ${PATH}/ledgerentries?error=BACK-OFF&commit=0123`);
    expect(found).toMatchObject({ kind: 'LedgerEntryList', items: [{ metadata: { name: 'two' } }] });
    expect(await json('-n shop get ledgerentry one -o json')).toMatchObject({
      time: '2026-01-02T03:04:05.678000Z',
      actor: 'tester',
      durationMs: 1200,
    });
    expect((await kubectl('-n shop get ledgerentry three')).out).toContain('"three" not found');
  });

  it('come in pages', async () => {
    const first = await json(`get --raw ${PATH}/namespaces/shop/ledgerentries?limit=1`);
    const rest = await json(
      `get --raw ${PATH}/namespaces/shop/ledgerentries?limit=1&continue=${first.metadata.continue}`,
    );
    expect([first.items[0].metadata.name, rest.items[0].metadata.name]).toEqual(['two', 'one']);
  });

  it('are never changed, and refused with words', async () => {
    expect((await kubectl('create -f -', entry('one'))).out).toContain('"one" already exists');
    expect((await kubectl('-n shop delete ledgerentry one')).out).toContain('does not allow this method');
    expect((await kubectl('create -f -', entry('bad', { type: 'Party' }))).out).toContain(
      'type: Unsupported value: "Party"',
    );
    expect((await kubectl('create --validate=false -f -', entry('bad', { colour: 'red' }))).out).toContain(
      'unknown field "colour"',
    );
    for (const [query, words] of [
      ['fieldSelector=colour=red', 'field label not supported: colour'],
      ['fieldSelector=type!=Sync', 'by = only'],
      ['labelSelector=a=b', 'have no labels'],
      ['since=yesterday', 'since must be a time'],
      ['commit=HEAD', 'commit must be a commit id'],
      ['continue=Zm9v', 'continue key is not valid'],
      ['limit=many', 'limit must be a whole number'],
      ['watch=true', 'does not allow this method'],
    ])
      expect((await kubectl(`get --raw ${PATH}/ledgerentries?${query}`)).out).toContain(words);
    const patch = await kubectl('apply --server-side -f -', entry('patched'));
    expect(patch.out).toContain('does not allow this method');
  });

  it('may come as a list, again and again', async () => {
    const list = { apiVersion: 'gitops.gantry.dev/v1alpha1', kind: 'LedgerEntryList' };
    const items = [entry('one', { message: 'changed?' }), entry('three')];
    const path = `${PATH}/namespaces/shop/ledgerentries`;
    for (let time = 0; time < 2; time++) await json(`create --raw ${path} -f -`, { ...list, items });
    expect((await json('-n shop get ledgerentry one -o json')).message).toBeUndefined();
    expect((await kubectl('-n shop get ledgerentry three -o name')).code).toBe(0);
    const bad = await kubectl(`create --raw ${path} -f -`, {
      ...list,
      items: [entry('ok'), { type: 'Sync', x: 1 }],
    });
    expect(bad.out).toContain('unknown field "x"');
    expect((await kubectl('-n shop get ledgerentry ok')).code).not.toBe(0);
  });

  it('are for who may read them, and append them', async () => {
    const nobody = await api.asUser('nobody');
    expect((await kubectl('-n shop get ledgerentries', undefined, nobody)).out).toContain(
      'cannot list resource',
    );
    expect((await kubectl('create -f -', entry('no'), nobody)).out).toContain('cannot create resource');
    await kubectl('-n shop create rolebinding read --clusterrole=view --user=nobody');
    expect((await kubectl('-n shop get ledgerentries', undefined, nobody)).code).toBe(0);
  });
});

describe('a set that names an application', () => {
  const set = (body: object) => json(`create --raw ${PATH}/applysets -f -`, body);
  it('is recorded object by object, with what was sent', async () => {
    expect((await set(applySet([configMap('a'), secret]))).status.applied).toBe(true);
    expect(
      (
        await set(
          applySet([configMap('b')], [{ apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'keys' }]),
        )
      ).status.applied,
    ).toBe(true);
    expect((await set(applySet([configMap('b')]))).status.applied).toBe(true);
    const items = await recorded('object.name=settings', 2);
    expect(items).toMatchObject([
      { type: 'Change', operation: 'update', manifest: configMap('b'), syncId: 's1', actor: 'tester' },
      { type: 'Change', operation: 'create', manifest: configMap('a'), repository: 'shop', commit: COMMIT },
    ]);
    const secrets = await recorded('object.name=keys&object.kind=Secret', 2);
    expect(secrets.map((one: { type: string }) => one.type)).toEqual(['Prune', 'Change']);
    expect(JSON.stringify(secrets)).not.toContain('swordfish');
    expect(JSON.stringify(secrets)).not.toContain(Buffer.from('swordfish').toString('base64'));
    expect(secrets[1].manifest.stringData).toEqual({ password: '(hidden)' });
  });

  it('is refused when the application is not its own, and leaves no origin that others could read', async () => {
    const nobody = await api.asUser('nobody');
    await kubectl('create clusterrolebinding sets --clusterrole=gantry:applyset-user --user=nobody');
    const run = (body: object) => kubectl(`create --raw ${PATH}/applysets -f -`, body, nobody);
    expect((await run(applySet([]))).out).toContain('does not act with the rights of User "nobody"');
    const forged = applySet([], [], { ledger: undefined, origin: 'git:1 shop/web s' });
    expect((await run(forged)).out).toContain('must be one word');
    const entries = applySet([entry('sneaked')]);
    expect((await set(entries)).status.results[0].error.message).toContain("can't be applied");
  });

  it('is shown of what the reader may read', async () => {
    await kubectl('create namespace vault');
    const other = { ...configMap('hidden'), metadata: { name: 'far', namespace: 'vault' } };
    const role = {
      ...{
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'far' },
        rules: [],
      },
    };
    expect(
      (await set(applySet([other, role, { ...secret, metadata: { name: 'own', namespace: 'shop' } }]))).status
        .applied,
    ).toBe(true);
    const [entry] = await recorded('object.name=far&object.kind=ConfigMap', 1);
    await recorded('object.name=own', 1);
    await kubectl('-n shop create rolebinding reads --clusterrole=view --user=reader');
    const reader = await api.asUser('reader');
    const asReader = async (query: string) => {
      const path = `${PATH}/namespaces/shop/ledgerentries?manifests=true&${query}`;
      return JSON.parse((await kubectl(`get --raw ${path}`, undefined, reader)).out).items;
    };
    expect(await asReader('object.name=far')).toEqual([]);
    expect(
      (await kubectl(`-n shop get ledgerentry ${entry.metadata.name}`, undefined, reader)).out,
    ).toContain('not found');
    const [own] = await asReader('object.name=own');
    expect(own).toMatchObject({ object: { kind: 'Secret', name: 'own' }, message: 'Created Secret/own' });
    expect(own.manifest).toBeUndefined();
    expect((await asReader('object.name=settings'))[0].manifest).toEqual(configMap('b'));
    await kubectl('-n vault create rolebinding reads --clusterrole=view --user=reader');
    await expect.poll(async () => (await asReader('object.name=far')).length, { timeout: 30_000 }).toBe(1);
  });

  it('is in the ledger though the server ended before it was recorded', async () => {
    // What is not recorded at all stands for what a kill -9 kept from being recorded.
    flags.push('--ledger-days', '0');
    await api.restart('SIGKILL');
    await set(applySet([configMap('c')]));
    expect((await kubectl('create -f -', entry('off'))).out).toContain('no ledger is kept here');
    flags.length = 0;
    await api.restart('SIGKILL');
    expect((await recorded('object.name=settings', 3))[0]).toMatchObject({
      ...{ type: 'Change', operation: 'update', application: 'web', commit: COMMIT, syncId: 's1' },
      ...{ actor: 'tester', manifest: { data: { value: 'c' } } },
    });
  });
});

describe('what is encrypted at rest', () => {
  it('has no manifests in the ledger', async () => {
    const file = join(api.data, 'encryption.yaml');
    const key = Buffer.alloc(32, 7).toString('base64');
    await writeFile(
      file,
      JSON.stringify({
        ...{ kind: 'EncryptionConfiguration', apiVersion: 'apiserver.config.k8s.io/v1' },
        resources: [
          {
            resources: ['configmaps'],
            providers: [{ aesgcm: { keys: [{ name: 'k', secret: key }] } }, { identity: {} }],
          },
        ],
      }),
    );
    flags.push('--encryption-provider-config', file);
    await api.restart();
    const sealed = { ...configMap('hidden'), metadata: { name: 'sealed', namespace: 'shop' } };
    await json(`create --raw ${PATH}/applysets -f -`, applySet([sealed]));
    const [found] = await recorded('object.name=sealed', 1);
    expect(found).toMatchObject({ type: 'Change', operation: 'create' });
    expect(found.manifest).toBeUndefined();
  });
});

describe('the console', () => {
  const ask = async (procedure: string, input: object) => {
    const answer = await json(
      `get --raw /trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`,
    );
    return answer.result.data;
  };

  it('searches the ledger', async () => {
    const found = await ask('ledger.search', { namespace: 'shop', object: { name: 'settings' }, limit: 1 });
    expect(found).toMatchObject({
      entries: [{ type: 'Change', operation: 'update' }],
      continue: expect.any(String),
    });
    const { name } = found.entries[0].metadata;
    expect((await ask('ledger.entry', { namespace: 'shop', name })).manifest).toContain('kind: ConfigMap');
    const { runs } = await ask('ledger.timeline', { namespace: 'shop', name: 'web' });
    expect(runs).toMatchObject([{ commit: COMMIT, state: 'Applied', entries: expect.any(Array) }]);
  });

  it('goes back in time', async () => {
    const before = new Date().toISOString();
    await kubectl('-n shop create configmap past --from-literal=x=1');
    const between = (await json('-n shop get configmap past -o json')).metadata.resourceVersion;
    await kubectl('-n shop patch configmap past --type merge -p {"data":{"x":"2"}}');
    const resource = { group: '', version: 'v1', plural: 'configmaps' };
    const ref = { resource, namespace: 'shop', name: 'past' };
    expect((await ask('history.objectAt', { ...ref, time: before })).object).toBeNull();
    expect(await ask('history.objectAt', { ...ref, revision: Number(between) })).toMatchObject({
      object: { data: { x: '1' } },
      differences: [{ field: 'data.x', before: '1', after: '2' }],
      changes: [{ author: 'tester', op: 'update' }],
    });
    const list = await ask('history.listAt', { resource, namespace: 'shop', time: before });
    expect(list.added).toEqual([{ namespace: 'shop', name: 'past' }]);
    expect(list.rows).toContainEqual(expect.objectContaining({ name: 'settings', since: 'same' }));
    expect(await ask('history.changesOf', ref)).toMatchObject([{ op: 'update' }, { op: 'create' }]);
    const settings = await ask('history.changesOf', { ...ref, name: 'settings' });
    expect(settings[0]).toMatchObject({ commit: COMMIT, application: { namespace: 'shop', name: 'web' } });
  });
});
