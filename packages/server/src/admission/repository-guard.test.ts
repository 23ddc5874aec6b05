import { describe, expect, it } from 'vitest';
import { admit, FakeState, kindOf, statusOf } from '../auth/testing/fakes.ts';
import type { Authorizer } from '../request.ts';
import { createRepositoryGuard } from './repository-guard.ts';

const may = (...rights: string[]): Authorizer => ({
  authorize: (_user, { verb, resource, namespace, name }) => ({
    allowed: rights.includes(`${verb} ${resource} ${namespace === '' ? '' : `${namespace}/`}${name}`),
    reason: '',
  }),
});
const repository = (spec: object, metadata: object = {}): object => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'shop', namespace: 'ns', ...metadata },
  spec,
});
const application = (name: string, spec: object, namespace = 'ns'): object => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace },
  spec: { source: { repository: 'shop', branch: 'main', path: '.' }, ...spec },
});
const run = (object: object, old?: object, applications: object[] = [], authorizer = may()) =>
  admit(createRepositoryGuard(authorizer), kindOf('repositories', 'gitops.gantry.dev'), {
    object,
    ...(old === undefined ? {} : { old }),
    state: new FakeState(applications),
  });

const url = 'https://git.example.com/shop.git';
const admins = application('web', { user: 'admin', groups: ['gantry:admins'] });

describe('RepositoryUser', () => {
  it('lends nobody the rights of an Application that follows it', async () => {
    const old = repository({ url });
    const rights = may('impersonate users admin', 'impersonate groups gantry:admins', 'get secrets ns/s');
    const readable = may('get secrets ns/s');
    for (const spec of [
      { url: 'https://evil.example.com/x.git' },
      { hosted: true },
      { url, verify: { secretRef: { name: 's' } } },
      { url, secretRef: { name: 's' } },
    ]) {
      const { code, message } = await statusOf(run(repository(spec), old, [admins], readable));
      expect(code).toBe(403);
      expect(message).toContain('Application "web" applies its commits with the rights of spec.user "admin"');
      expect(message).toContain('user "alice" needs the verb impersonate on them');
      await run(repository(spec), old, [admins], rights);
    }
    const lifted = repository({ url, verify: { secretRef: { name: 's' } } });
    expect((await statusOf(run(old, lifted, [admins]))).code).toBe(403);
    // One that was deleted is not made anew from elsewhere.
    expect((await statusOf(run(old, undefined, [admins]))).code).toBe(403);
    const mayUserOnly = may('impersonate users admin');
    expect((await statusOf(run(old, undefined, [admins], mayUserOnly))).code).toBe(403);
  });

  it('asks for the service account where it is what the sync acts as', async () => {
    const follower = application('web', { user: 'alice', serviceAccountName: 'deployer' });
    const { message } = await statusOf(run(repository({ url }), undefined, [follower]));
    expect(message).toContain('spec.serviceAccountName "deployer"');
    await run(repository({ url }), undefined, [follower], may('impersonate serviceaccounts ns/deployer'));
  });

  it('lets be made and changed what lends nothing', async () => {
    await run(repository({ url }));
    await run(repository({ hosted: true }), undefined, [application('web', { user: 'alice', groups: [] })]);
    const others = [
      application('web', { user: 'admin' }, 'other'),
      application('web', { user: 'admin', source: { repository: 'else' } }),
    ];
    await run(repository({ url }), undefined, others);
    const old = repository({ url, interval: '1m' });
    await run(repository({ url, hosted: false, interval: '5m' }, { labels: { a: 'b' } }), old, [admins]);
  });

  it('has used only Secrets that the caller may get', async () => {
    const refs = { secretRef: { name: 's' } };
    for (const spec of [
      { url, ...refs },
      { url, verify: refs },
      { url, webhook: refs },
    ]) {
      const { code, message } = await statusOf(run(repository(spec), repository({ url })));
      expect(code).toBe(403);
      expect(message).toContain('secretRef has the Secret "s" used: user "alice" needs the verb get on it');
      await run(repository(spec), repository({ url }), [], may('get secrets ns/s'));
      await run(repository({ ...spec, interval: '5m' }), repository(spec));
    }
    // Its credentials would be sent there.
    const moved = repository({ url: 'https://evil.example.com/x.git', ...refs });
    expect((await statusOf(run(moved, repository({ url, ...refs })))).code).toBe(403);
  });
});
