import type { Messages } from './en.ts';
import { account } from './zh/account.ts';
import { applications } from './zh/applications.ts';
import { columns } from './zh/columns.ts';
import { common } from './zh/common.ts';
import { conditions } from './zh/conditions.ts';
import { editor } from './zh/editor.ts';
import { forms } from './zh/forms.ts';
import { ledger } from './zh/ledger.ts';
import { lists } from './zh/lists.ts';
import { objects } from './zh/objects.ts';
import { overview } from './zh/overview.ts';
import { pods } from './zh/pods.ts';
import { shell } from './zh/shell.ts';
import { status } from './zh/status.ts';
import { time } from './zh/time.ts';
import { users } from './zh/users.ts';

export const zh: Messages = {
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
};
