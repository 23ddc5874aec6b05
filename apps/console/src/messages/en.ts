import { account } from './en/account.ts';
import { applications } from './en/applications.ts';
import { columns } from './en/columns.ts';
import { common } from './en/common.ts';
import { conditions } from './en/conditions.ts';
import { editor } from './en/editor.ts';
import { forms } from './en/forms.ts';
import { ledger } from './en/ledger.ts';
import { lists } from './en/lists.ts';
import { objects } from './en/objects.ts';
import { overview } from './en/overview.ts';
import { pods } from './en/pods.ts';
import { shell } from './en/shell.ts';
import { status } from './en/status.ts';
import { time } from './en/time.ts';
import { users } from './en/users.ts';
import type { Translated } from './translated.ts';

export const en = {
  account,
  applications,
  columns,
  common,
  conditions,
  editor,
  forms,
  ledger,
  lists,
  objects,
  overview,
  pods,
  shell,
  status,
  time,
  users,
} as const;

/** What every language has to say. */
export type Messages = Translated<typeof en>;
