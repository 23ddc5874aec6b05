import type { Messages } from './en.ts';
import { account } from './zh/account.ts';
import { applications } from './zh/applications.ts';
import { bulk } from './zh/bulk.ts';
import { columns } from './zh/columns.ts';
import { common } from './zh/common.ts';
import { conditions } from './zh/conditions.ts';
import { editor } from './zh/editor.ts';
import { events } from './zh/events.ts';
import { forms } from './zh/forms.ts';
import { ledger } from './zh/ledger.ts';
import { lists } from './zh/lists.ts';
import { nodes } from './zh/nodes.ts';
import { objects } from './zh/objects.ts';
import { overview } from './zh/overview.ts';
import { pods } from './zh/pods.ts';
import { shell } from './zh/shell.ts';
import { status } from './zh/status.ts';
import { time } from './zh/time.ts';
import { topology } from './zh/topology.ts';
import { users } from './zh/users.ts';
import { workloads } from './zh/workloads.ts';

export const zh: Messages = {
  account,
  applications,
  bulk,
  columns,
  common,
  conditions,
  editor,
  events,
  forms,
  ledger,
  lists,
  nodes,
  objects,
  overview,
  pods,
  shell,
  status,
  time,
  topology,
  users,
  workloads,
};
