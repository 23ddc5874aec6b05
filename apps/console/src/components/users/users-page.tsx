'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ban, CircleCheck, KeyRound, Plus, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { type Right, usePermissions } from '../../lib/access.ts';
import { useMe } from '../../lib/queries.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Age } from '../ui/age.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';
import {
  CreateUserDialog,
  type FirstPassword,
  GroupsDialog,
  PasswordDialog,
  RemoveDialog,
  ResetDialog,
} from './user-dialogs.tsx';

type LocalUser = Outputs['users']['list'][number];

/** What is open: a dialog about a user, about a new one, or a password to hand over. */
type Open =
  | { readonly type: 'groups' | 'reset' | 'remove'; readonly user: LocalUser }
  | { readonly type: 'create' }
  | { readonly type: 'password'; readonly first: FirstPassword };

const QUERY = ['users'];
const COLUMNS = ['name', 'groups', 'status', 'seen', 'created'] as const;
const right = (verb: string, subresource = ''): Right => ({
  ...{ verb, group: 'users.gantry.dev', resource: 'localusers' },
  ...(subresource === '' ? {} : { subresource }),
});
const RIGHTS = [right('create'), right('patch'), right('create', 'password'), right('delete')];

/** Local users, for those who may manage them. */
export function UsersPage() {
  const t = useText('users');
  const client = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const { data, error } = useQuery({ queryKey: QUERY, queryFn: () => api.users.list.query() });
  const [mayCreate] = usePermissions(RIGHTS);
  const refresh = (): void => void client.invalidateQueries({ queryKey: QUERY });
  const close = (): void => {
    setOpen(undefined);
    refresh();
  };
  const onPassword = (first: FirstPassword): void => {
    setOpen({ type: 'password', first });
    refresh();
  };
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-lg font-semibold">{t('title')}</h1>
          <p className="text-muted">{t('text')}</p>
        </div>
        <ActionButton icon={Plus} permission={mayCreate} onClick={() => setOpen({ type: 'create' })}>
          {t('add')}
        </ActionButton>
      </div>
      {error !== null ? <Trouble error={error} what={t('what')} /> : null}
      {data === undefined && error === null ? <Skeleton lines={6} /> : null}
      {data?.length === 0 ? <Empty title={t('empty')}>{t('text')}</Empty> : null}
      {data === undefined || data.length === 0 ? null : (
        <UserTable users={data} onOpen={setOpen} onChanged={refresh} />
      )}
      {open?.type === 'create' ? <CreateUserDialog onClose={close} onPassword={onPassword} /> : null}
      {open?.type === 'groups' ? <GroupsDialog {...open.user} onClose={close} /> : null}
      {open?.type === 'reset' ? (
        <ResetDialog name={open.user.name} onClose={close} onPassword={onPassword} />
      ) : null}
      {open?.type === 'remove' ? <RemoveDialog name={open.user.name} onClose={close} /> : null}
      {open?.type === 'password' ? <PasswordDialog first={open.first} onClose={close} /> : null}
    </div>
  );
}

function UserTable({
  users,
  onOpen,
  onChanged,
}: {
  readonly users: readonly LocalUser[];
  readonly onOpen: (open: Open) => void;
  readonly onChanged: () => void;
}) {
  const t = useText('users');
  return (
    <ScrollRegion label={t('what')} className="card overflow-x-auto">
      <table className="w-full text-left">
        <TableHead
          cells={[
            ...COLUMNS.map((column) => ({
              key: column,
              label: t(`columns.${column}`),
              className: column === 'seen' || column === 'created' ? 'max-md:hidden' : '',
            })),
            { key: 'actions', label: t('columns.actions'), isUnseen: true },
          ]}
        />
        <tbody>
          {users.map((user) => (
            <UserRow key={user.name} user={user} onOpen={onOpen} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function UserRow({
  user,
  onOpen,
  onChanged,
}: {
  readonly user: LocalUser;
  readonly onOpen: (open: Open) => void;
  readonly onChanged: () => void;
}) {
  const t = useText('users');
  const { data: me } = useMe();
  const isMe = me?.name === user.name;
  return (
    <tr className="h-10 border-b border-line last:border-0 hover:bg-sunken">
      <th scope="row" className="px-4 font-medium whitespace-nowrap">
        {user.name}
        {isMe ? <span className="ml-2 font-normal text-muted">{t('you')}</span> : null}
      </th>
      <td className="px-4">{user.groups.join(', ') || '–'}</td>
      <td className="px-4 whitespace-nowrap">
        <UserStatus user={user} />
      </td>
      <td className="px-4 whitespace-nowrap max-md:hidden">
        <Age time={user.lastSeenAt} ago />
      </td>
      <td className="px-4 whitespace-nowrap max-md:hidden">
        <Age time={user.createdAt} ago />
      </td>
      <td className="px-4 text-right whitespace-nowrap">
        <UserActions user={user} isMe={isMe} onOpen={onOpen} onChanged={onChanged} />
      </td>
    </tr>
  );
}

function UserStatus({ user }: { readonly user: LocalUser }) {
  const t = useText('users.status');
  if (user.disabled) return <Status word={t('disabled')} tone="idle" />;
  if (user.lockedUntil > new Date().toISOString()) return <Status word={t('locked')} tone="broken" />;
  if (user.passwordIsInitial) return <Status word={t('first')} tone="drift" />;
  return <Status word={t('active')} tone="ok" />;
}

function UserActions({
  user,
  isMe,
  onOpen,
  onChanged,
}: {
  readonly user: LocalUser;
  readonly isMe: boolean;
  readonly onOpen: (open: Open) => void;
  readonly onChanged: () => void;
}) {
  const t = useText('users');
  const act = useAct();
  const [, patch, reset, remove] = usePermissions(RIGHTS);
  const { name, disabled } = user;
  const self = isMe ? t('actions.notSelf') : '';
  const toggle = async (): Promise<void> => {
    await act(
      () => api.users.update.mutate({ name, disabled: !disabled }),
      disabled ? t('enabled', { name }) : t('disabled', { name }),
    );
    onChanged();
  };
  return (
    <span className="inline-flex gap-1">
      <ActionButton
        look="quiet"
        icon={UsersRound}
        permission={patch}
        aria-label={t('actions.groupsOf', { name })}
        onClick={() => onOpen({ type: 'groups', user })}
      >
        <span className="max-md:hidden">{t('actions.groups')}</span>
      </ActionButton>
      <ActionButton
        look="quiet"
        icon={KeyRound}
        permission={reset}
        aria-label={t('actions.resetOf', { name })}
        onClick={() => onOpen({ type: 'reset', user })}
      >
        <span className="max-md:hidden">{t('actions.reset')}</span>
      </ActionButton>
      <ActionButton
        look="quiet"
        icon={disabled ? CircleCheck : Ban}
        permission={patch}
        blocked={self}
        aria-label={disabled ? t('actions.enableName', { name }) : t('actions.disableName', { name })}
        onClick={() => void toggle()}
      >
        <span className="max-md:hidden">{disabled ? t('actions.enable') : t('actions.disable')}</span>
      </ActionButton>
      <ActionButton
        look="quiet"
        icon={Trash2}
        permission={remove}
        blocked={self}
        aria-label={t('actions.deleteName', { name })}
        onClick={() => onOpen({ type: 'remove', user })}
      />
    </span>
  );
}
