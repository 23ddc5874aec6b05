import type { Application } from '@gantry/api/generated/types';
import { describe, expect, it } from 'vitest';
import { admit, kindOf, statusOf } from '../auth/testing/fakes.ts';
import type { Authorizer } from '../request.ts';
import { createApplicationGuard } from './application-guard.ts';

const mayActAs = (...names: string[]): Authorizer => ({
  authorize: (_user, { verb, resource, name }) => ({
    allowed: verb === 'impersonate' && names.includes(`${resource}/${name}`),
    reason: '',
  }),
});
const application = (spec: object): object => ({
  apiVersion: 'gitops.gantry.dev/v1alpha1',
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'ns' },
  spec: { source: { repository: 'shop', branch: 'main', path: '.' }, ...spec },
});
const kind = kindOf('applications', 'gitops.gantry.dev');
const run = (authorizer: Authorizer, object: object, old?: object) =>
  admit(createApplicationGuard(authorizer), kind, { object, ...(old === undefined ? {} : { old }) });

describe('ApplicationUser', () => {
  it('names the caller when nobody is named', async () => {
    const { object } = await run(mayActAs(), application({}));
    expect((object as unknown as Application).spec.user).toBe('alice');
  });

  it('lets only somebody who may impersonate a user name them', async () => {
    const object = application({ user: 'bob' });
    expect((await statusOf(run(mayActAs(), object))).code).toBe(403);
    await run(mayActAs('users/bob'), object);
    const account = application({ user: 'system:serviceaccount:ns:deployer' });
    expect((await statusOf(run(mayActAs('users/system:serviceaccount:ns:deployer'), account))).code).toBe(
      403,
    );
    await run(mayActAs('serviceaccounts/deployer'), account);
  });

  it('does not let others point borrowed rights at another source', async () => {
    const old = application({ user: 'bob' });
    const moved = application({ user: 'bob', source: { repository: 'evil', branch: 'main', path: '.' } });
    expect((await statusOf(run(mayActAs(), moved, old))).code).toBe(403);
    const cascading = application({ user: 'bob', deletionPolicy: 'Cascade' });
    expect((await statusOf(run(mayActAs(), cascading, old))).code).toBe(403);
    await run(mayActAs(), application({ user: 'bob', syncPolicy: { automated: false } }), old);
    await run(mayActAs(), application({ user: 'alice' }), old);
  });

  it('lets nobody add groups that they are not in', async () => {
    const object = application({ user: 'alice', groups: ['system:masters'] });
    expect((await statusOf(run(mayActAs(), object))).code).toBe(403);
    await run(mayActAs('groups/system:masters'), object);
    const old = application({ user: 'alice', groups: [] });
    expect((await statusOf(run(mayActAs(), object, old))).code).toBe(403);
  });

  it('keeps the user when an update leaves it out', async () => {
    const { object } = await run(mayActAs(), application({}), application({ user: 'bob' }));
    expect((object as unknown as Application).spec.user).toBe('bob');
  });

  it('lets only somebody who may impersonate a service account lend its rights', async () => {
    const object = application({ user: 'alice', serviceAccountName: 'deployer' });
    const text = (await statusOf(run(mayActAs(), object))).message;
    expect(text).toContain('spec.serviceAccountName "deployer"');
    expect(text).toContain('needs the verb impersonate on that service account');
    await run(mayActAs('serviceaccounts/deployer'), object);
    const tuned = { ...application({ user: 'alice', serviceAccountName: 'deployer', dependsOn: [] }) };
    await run(mayActAs(), tuned, object);
    const planted = application({ user: 'bob', serviceAccountName: 'deployer' });
    expect((await statusOf(run(mayActAs('serviceaccounts/deployer'), planted, object))).code).toBe(403);
    const source = { repository: 'shop', branch: 'main', path: '.', helm: { values: { image: 'evil' } } };
    const moved = application({ user: 'alice', serviceAccountName: 'deployer', source });
    expect((await statusOf(run(mayActAs(), moved, object))).code).toBe(403);
  });
});

describe('Secrets of an Application', () => {
  const mayGet: Authorizer = {
    authorize: (_user, { verb, resource, namespace, name }) => ({
      allowed: `${verb} ${resource} ${namespace}/${name}` === 'get secrets ns/s',
      reason: '',
    }),
  };
  const told = (url: string) =>
    application({ notifications: [{ url, secretRef: { name: 's', key: 'token' } }] });
  const helm = (repositoryURL: string) =>
    application({
      source: {
        repository: 'shop',
        branch: 'main',
        path: '.',
        helm: { repositoryURL, secretRef: { name: 's' } },
      },
    });

  it('are used only for who may get them', async () => {
    for (const uses of [told, helm]) {
      const { code, message } = await statusOf(run(mayActAs(), uses('https://a')));
      expect([code, message?.includes('secretRef has the Secret "s" used')]).toEqual([403, true]);
      await run(mayGet, uses('https://a'));
    }
    expect((await statusOf(run(mayActAs(), told('https://a'), application({ user: 'alice' })))).code).toBe(
      403,
    );
  });

  it('stay in use where they were, and nowhere else', async () => {
    const owned = { user: 'alice', groups: [] };
    const keep = (object: object) => {
      const { spec, ...rest } = object as { spec: object };
      return { ...rest, spec: { ...spec, ...owned } };
    };
    for (const uses of [told, helm]) {
      await run(mayActAs(), keep(uses('https://a')), keep(uses('https://a')));
      const moved = run(mayActAs(), keep(uses('https://b')), keep(uses('https://a')));
      expect((await statusOf(moved)).code).toBe(403);
    }
  });
});

describe('requests', () => {
  const asking = (annotations: Record<string, string>): object => ({
    ...application({ user: 'alice' }),
    metadata: { name: 'shop', namespace: 'ns', annotations },
  });
  const by = 'gitops.gantry.dev/requested-by';
  const at = 'gitops.gantry.dev/sync-requested-at';
  const signed = async (annotations: Record<string, string>, old: Record<string, string>) => {
    const { object } = await run(mayActAs(), asking(annotations), asking(old));
    return (object as unknown as Application).metadata.annotations;
  };

  it('are signed with the name of who asks, whatever they say', async () => {
    expect(await signed({ [at]: '1' }, {})).toEqual({ [at]: '1', [by]: 'alice' });
    expect(await signed({ [at]: '2', [by]: 'root' }, { [at]: '1', [by]: 'bob' })).toEqual({
      [at]: '2',
      [by]: 'alice',
    });
  });

  it('keep their signature while nobody asks anew', async () => {
    const old = { [at]: '1', [by]: 'bob' };
    expect(await signed({ [at]: '1', note: 'x' }, old)).toEqual({ ...old, note: 'x' });
    expect(await signed({ [at]: '1', [by]: 'alice' }, old)).toEqual(old);
    expect(await signed({ [by]: 'root' }, {})).toEqual({});
  });
});
