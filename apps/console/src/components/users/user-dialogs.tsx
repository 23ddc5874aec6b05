'use client';

import { Copy } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useToast } from '../ui/toast.tsx';

/** A first password, and whose it is. */
export interface FirstPassword {
  readonly name: string;
  readonly password: string;
}

/** Groups as they are typed: separated by commas or spaces. */
const groupsOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((group) => group !== '')),
];

/** A dialog whose action may be refused: it then stays open and says why. */
function ActionDialog({
  title,
  submit,
  danger = false,
  blocked = '',
  action,
  onClose,
  children,
}: {
  readonly title: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly blocked?: string;
  readonly action: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const common = useText('common');
  const failureText = useFailureText();
  const [problem, setProblem] = useState('');
  const run = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (blocked !== '') return;
    try {
      await action();
    } catch (error) {
      setProblem(failureText(error));
    }
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={(event) => void run(event)} className="flex flex-col gap-3">
        {problem === '' ? null : <Notice tone="broken" role="alert" title={problem} />}
        {children}
        <DialogActions>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} blocked={blocked}>
            {submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface Ends {
  readonly onClose: () => void;
  readonly onPassword: (first: FirstPassword) => void;
}

export function CreateUserDialog({ onClose, onPassword }: Ends) {
  const t = useText('users.create');
  const [name, setName] = useState('');
  const [groups, setGroups] = useState('');
  const create = async (): Promise<void> => {
    const user = name.trim();
    const { password } = await api.users.create.mutate({ name: user, groups: groupsOf(groups) });
    onPassword({ name: user, password });
  };
  return (
    <ActionDialog
      title={t('title')}
      submit={t('submit')}
      blocked={name.trim() === '' ? t('nameFirst') : ''}
      action={create}
      onClose={onClose}
    >
      <Field
        id="user-name"
        label={t('name')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        id="user-groups"
        label={t('groups')}
        hint={t('groupsHint')}
        autoComplete="off"
        spellCheck={false}
        value={groups}
        onChange={(event) => setGroups(event.target.value)}
      />
    </ActionDialog>
  );
}

export function GroupsDialog({
  name,
  groups: current,
  onClose,
}: {
  readonly name: string;
  readonly groups: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useText('users.editGroups');
  const create = useText('users.create');
  const say = useToast();
  const [groups, setGroups] = useState(current.join(', '));
  const save = async (): Promise<void> => {
    await api.users.update.mutate({ name, groups: groupsOf(groups) });
    say('done', t('done', { name }));
    onClose();
  };
  return (
    <ActionDialog title={t('title', { name })} submit={t('submit')} action={save} onClose={onClose}>
      <Field
        id="user-groups"
        label={create('groups')}
        hint={create('groupsHint')}
        autoComplete="off"
        spellCheck={false}
        value={groups}
        onChange={(event) => setGroups(event.target.value)}
      />
    </ActionDialog>
  );
}

export function ResetDialog({ name, onClose, onPassword }: Ends & { readonly name: string }) {
  const t = useText('users.reset');
  const reset = async (): Promise<void> =>
    onPassword({ name, password: (await api.users.resetPassword.mutate({ name })).password });
  return (
    <ActionDialog title={t('title', { name })} submit={t('submit')} danger action={reset} onClose={onClose}>
      <p>{t('text')}</p>
    </ActionDialog>
  );
}

export function RemoveDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const t = useText('users');
  const common = useText('common');
  const say = useToast();
  const remove = async (): Promise<void> => {
    await api.users.delete.mutate({ name });
    say('done', t('deleted', { name }));
    onClose();
  };
  return (
    <ActionDialog
      title={t('remove.title', { name })}
      submit={common('delete')}
      danger
      action={remove}
      onClose={onClose}
    >
      <p>{t('remove.text')}</p>
    </ActionDialog>
  );
}

/** Shows a first password, this once. */
export function PasswordDialog({
  first: { name, password },
  onClose,
}: {
  readonly first: FirstPassword;
  readonly onClose: () => void;
}) {
  const t = useText('users.password');
  const act = useAct();
  return (
    <Dialog open onClose={onClose} title={t('title', { name })} description={t('text')}>
      <div className="flex items-end gap-2">
        <Field
          id="first-password"
          label={t('label')}
          readOnly
          className="flex-1 font-mono"
          value={password}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={Copy}
          onClick={() => void act(() => navigator.clipboard.writeText(password), t('copied'))}
        >
          {t('copy')}
        </Button>
      </div>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
