import {
  ApiException,
  ApiextensionsV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
  type V1Lease,
  V1MicroTime,
  type V1Status,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Gantry, startGantry } from '../support/gantry.ts';

const namespace = 'default';
let gantry: Gantry;
let config: KubeConfig;
let core: CoreV1Api;
beforeAll(async () => {
  gantry = await startGantry('--nodes', 'simulated:1');
  config = new KubeConfig();
  config.loadFromFile(gantry.status.kubeconfig);
  core = config.makeApiClient(CoreV1Api);
});
afterAll(() => gantry?.purge());

const as = (strategy: PatchStrategy) => setHeaderOptions('Content-Type', strategy);

/** The Status in which a call fails. */
async function failure(call: Promise<unknown>): Promise<V1Status> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiException)) throw new Error(`not refused: ${String(error)}`);
  const status = (typeof error.body === 'string' ? JSON.parse(error.body) : error.body) as V1Status;
  expect([error.code, status.kind, status.status]).toEqual([status.code, 'Status', 'Failure']);
  return status;
}

describe('@kubernetes/client-node patches', () => {
  const name = 'patched';
  const patch = (strategy: PatchStrategy, body: object, more: object = {}) =>
    core.patchNamespacedService({ namespace, name, body, ...more }, as(strategy));
  const ports = async (answer: ReturnType<typeof patch>): Promise<unknown> =>
    (await answer).spec?.ports?.map((port) => `${port.name} ${port.port}`);
  beforeAll(() =>
    core.createNamespacedService({
      namespace,
      body: {
        metadata: { name },
        spec: {
          ports: [
            { name: 'one', port: 1 },
            { name: 'two', port: 2 },
          ],
        },
      },
    }),
  );

  test('strategic merge patch knows what lists are merged by', async () => {
    const body = {
      spec: {
        ports: [
          { port: 2, $patch: 'delete' },
          { port: 3, name: 'three' },
        ],
      },
    };
    expect(await ports(patch(PatchStrategy.StrategicMergePatch, body))).toEqual(['three 3', 'one 1']);
  });

  test('merge patch puts a whole list in place', async () => {
    const body = { metadata: { labels: { a: 'b' } }, spec: { ports: [{ name: 'four', port: 4 }] } };
    expect(await ports(patch(PatchStrategy.MergePatch, body))).toEqual(['four 4']);
    const cleared = await patch(PatchStrategy.MergePatch, { metadata: { labels: null } });
    expect(cleared.metadata?.labels).toBeUndefined();
  });

  test('JSON patch is all or nothing', async () => {
    const rename = { op: 'replace', path: '/spec/ports/0/name', value: 'five' };
    expect(await ports(patch(PatchStrategy.JsonPatch, [rename]))).toEqual(['five 4']);
    const wrong = { op: 'test', path: '/spec/ports/0/port', value: 9 };
    const refused = await failure(patch(PatchStrategy.JsonPatch, [{ ...rename, value: 'six' }, wrong]));
    expect([refused.code, refused.reason]).toEqual([422, 'Invalid']);
    expect((await core.readNamespacedService({ namespace, name })).spec?.ports?.[0]?.name).toBe('five');
  });

  test('a dry run leaves nothing', async () => {
    const body = { metadata: { labels: { dry: 'run' } } };
    const answer = await patch(PatchStrategy.MergePatch, body, { dryRun: 'All' });
    expect(answer.metadata?.labels).toEqual({ dry: 'run' });
    expect((await core.readNamespacedService({ namespace, name })).metadata?.labels).toBeUndefined();
  });

  test('applies with managers that own fields, and take them by force', async () => {
    const apply = (fieldManager: string, data: Record<string, string>, force = false) =>
      core.patchNamespacedConfigMap(
        {
          ...{ namespace, name: 'applied', fieldManager, force },
          body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data },
        },
        as(PatchStrategy.ServerSideApply),
      );
    await apply('one', { mine: '1', both: '1' });
    const conflict = await failure(apply('two', { both: '2' }));
    expect([conflict.code, conflict.reason, conflict.message]).toEqual([
      409,
      'Conflict',
      'Apply failed with 1 conflict: conflict with "one": .data.both',
    ]);
    expect(conflict.details?.causes).toEqual([
      { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.both' },
    ]);
    const forced = await apply('two', { both: '2' }, true);
    expect(forced.data).toEqual({ mine: '1', both: '2' });
    expect(
      forced.metadata?.managedFields?.map(({ manager, operation }) => `${manager} ${operation}`),
    ).toEqual(['one Apply', 'two Apply']);
    expect((await apply('one', {})).data).toEqual({ both: '2' });
  });
});

describe('@kubernetes/client-node errors', () => {
  test('are Status objects, with causes by field', async () => {
    const missing = await failure(core.readNamespacedConfigMap({ namespace, name: 'nobody' }));
    expect([missing.code, missing.reason, missing.message, missing.details]).toEqual([
      404,
      'NotFound',
      'configmaps "nobody" not found',
      { name: 'nobody', kind: 'configmaps' },
    ]);
    const invalid = await failure(
      core.createNamespacedService({
        namespace,
        body: { metadata: { name: 'invalid' }, spec: { ports: [{ port: 70_000 }] } },
      }),
    );
    expect([invalid.code, invalid.reason]).toEqual([422, 'Invalid']);
    expect(invalid.details?.causes?.map(({ reason, field }) => `${reason} ${field}`)).toContain(
      'FieldValueInvalid spec.ports[0].port',
    );
    const selector = await failure(core.listNamespacedConfigMap({ namespace, fieldSelector: 'data.a=b' }));
    expect([selector.code, selector.reason]).toEqual([400, 'BadRequest']);
    const strict = await failure(
      core.createNamespacedConfigMap({
        ...{ namespace, fieldValidation: 'Strict', fieldManager: 'm'.repeat(129) },
        body: { metadata: { name: 'managed' } },
      }),
    );
    expect([strict.code, strict.details?.causes?.[0]?.field]).toEqual([422, 'fieldManager']);
  });
});

describe('@kubernetes/client-node lists', () => {
  test('come in pages of one version', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
    for (const name of names)
      await core.createNamespacedConfigMap({
        namespace,
        body: { metadata: { name, labels: { pages: 'yes' } } },
      });
    const page = (token?: string) =>
      core.listNamespacedConfigMap({
        namespace,
        limit: 3,
        ...(token === undefined ? {} : { _continue: token }),
      });
    const first = await page();
    const found = first.items.map(({ metadata }) => metadata?.name ?? '');
    // Made between two pages: not of the version of the first.
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'page-new' } } });
    let { metadata } = first;
    expect(metadata?.remainingItemCount).toBeGreaterThanOrEqual(4);
    while (metadata?._continue) {
      const next = await page(metadata._continue);
      expect(next.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
      found.push(...next.items.map((item) => item.metadata?.name ?? ''));
      metadata = next.metadata;
    }
    expect(found.filter((name) => name.startsWith('page-'))).toEqual(names);
    await core.deleteCollectionNamespacedConfigMap({ namespace, labelSelector: 'pages=yes' });
    const left = await core.listNamespacedConfigMap({ namespace, labelSelector: 'pages=yes' });
    expect(left.items).toEqual([]);
  });
});

describe('@kubernetes/client-node custom objects', () => {
  const group = 'client.example.com';
  const at = { group, version: 'v1', namespace, plural: 'widgets' };
  const widget = (name: string, spec: object) => ({
    apiVersion: `${group}/v1`,
    kind: 'Widget',
    metadata: { name, namespace },
    spec,
  });

  test('are defaulted, refused, patched, applied and listed', async () => {
    const size = { type: 'integer', minimum: 1, _default: 3 };
    await config.makeApiClient(ApiextensionsV1Api).createCustomResourceDefinition({
      body: {
        metadata: { name: `widgets.${group}` },
        spec: {
          group,
          scope: 'Namespaced',
          names: { plural: 'widgets', kind: 'Widget' },
          versions: [
            {
              ...{ name: 'v1', served: true, storage: true, subresources: { status: {} } },
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: {
                    spec: { type: 'object', properties: { size } },
                    status: { type: 'object', properties: { state: { type: 'string' } } },
                  },
                },
              },
            },
          ],
        },
      },
    });
    const objects = config.makeApiClient(CustomObjectsApi);
    const made = await eventually(() =>
      objects.createNamespacedCustomObject({ ...at, body: widget('one', { unknown: true }) }),
    );
    expect(made).toMatchObject({ spec: { size: 3 } });
    expect((made as { spec: object }).spec).not.toHaveProperty('unknown');
    const small = { ...at, name: 'one', body: { spec: { size: 0 } } };
    const refused = await failure(objects.patchNamespacedCustomObject(small, as(PatchStrategy.MergePatch)));
    expect(refused.message).toContain('spec.size in body should be greater than or equal to 1');
    const status = { ...at, name: 'one', body: { status: { state: 'Ready' } } };
    const reported = await objects.patchNamespacedCustomObjectStatus(status, as(PatchStrategy.MergePatch));
    expect(reported).toMatchObject({ metadata: { generation: 1 }, status: { state: 'Ready' } });
    const generic = KubernetesObjectApi.makeApiClient(config);
    const two = widget('two', { size: 5 });
    await generic.patch(two, undefined, undefined, 'suite', false, PatchStrategy.ServerSideApply);
    const list = (await objects.listNamespacedCustomObject(at)) as {
      items: { metadata: { name: string } }[];
    };
    expect(list.items.map(({ metadata }) => metadata.name)).toEqual(['one', 'two']);
  });
});

describe('@kubernetes/client-node leases', () => {
  /** Takes the lease when it is free, as electors do; false when another was faster or holds it. */
  async function acquire(leases: CoordinationV1Api, holder: string): Promise<boolean> {
    const at = { namespace, name: 'leader' };
    const spec = {
      ...{ holderIdentity: holder, leaseDurationSeconds: 15 },
      acquireTime: new V1MicroTime(),
      renewTime: new V1MicroTime(),
    };
    const taken = (error: unknown): false => {
      if (error instanceof ApiException && error.code === 409) return false;
      throw error;
    };
    const held: V1Lease | undefined = await leases.readNamespacedLease(at).catch((error: unknown) => {
      if (error instanceof ApiException && error.code === 404) return undefined;
      throw error;
    });
    if (held === undefined) {
      const body = { metadata: { name: at.name }, spec };
      return leases.createNamespacedLease({ namespace, body }).then(() => true, taken);
    }
    if (held.spec?.holderIdentity) return held.spec.holderIdentity === holder;
    return leases.replaceNamespacedLease({ ...at, body: { ...held, spec } }).then(() => true, taken);
  }

  test('elect one leader at a time', async () => {
    const leases = config.makeApiClient(CoordinationV1Api);
    const candidates = ['a', 'b', 'c', 'd'];
    const elect = () => Promise.all(candidates.map((candidate) => acquire(leases, candidate)));
    const first = await elect();
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await elect()).toEqual(first);
    const lease = await leases.readNamespacedLease({ namespace, name: 'leader' });
    expect(String(lease.spec?.renewTime)).toMatch(/\.\d{6}Z$/);
    const released = { ...lease, spec: { ...lease.spec, holderIdentity: '' } };
    await leases.replaceNamespacedLease({ namespace, name: 'leader', body: released });
    expect((await elect()).filter(Boolean)).toHaveLength(1);
  });
});
