import type { Repository } from '@gantry/api/generated/types';
import { expect, test } from 'vitest';
import { parseAddress } from '../git/address.ts';
import { GitCommandError } from '../git/command.ts';
import { remoteError } from '../git/remote-errors.ts';
import { whyUnreadable } from './unreadable.ts';

test('credentials that were not taken are told apart from those that are missing', () => {
  const url = 'https://git.example.com/app.git';
  const { message } = remoteError(
    new GitCommandError('failed', `fatal: Authentication failed for '${url}'`),
    parseAddress(url),
  );
  const repository = (spec: Repository['spec']): Repository => ({
    apiVersion: 'gitops.gantry.dev/v1alpha1',
    kind: 'Repository',
    metadata: { name: 'app', namespace: 'shop' },
    spec,
  });
  expect(whyUnreadable(repository({ url }), message)).toContain('set secretRef to a Secret');
  expect(whyUnreadable(repository({ url, secretRef: { name: 'login' } }), message)).toBe(
    `${url} doesn't take the credentials of Secret login: they are wrong or expired, or may not read this repository`,
  );
  expect(whyUnreadable(repository({ url, secretRef: { name: 'login' } }), 'no route')).toBe('no route');
});
