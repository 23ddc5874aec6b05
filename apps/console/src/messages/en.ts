import { account } from './en/account.ts';
import { applications } from './en/applications.ts';
import { bulk } from './en/bulk.ts';
import { columns } from './en/columns.ts';
import { common } from './en/common.ts';
import { conditions } from './en/conditions.ts';
import { editor } from './en/editor.ts';
import { events } from './en/events.ts';
import { forms } from './en/forms.ts';
import { ledger } from './en/ledger.ts';
import { lists } from './en/lists.ts';
import { nodes } from './en/nodes.ts';
import { objects } from './en/objects.ts';
import { overview } from './en/overview.ts';
import { pods } from './en/pods.ts';
import { shell } from './en/shell.ts';
import { status } from './en/status.ts';
import { time } from './en/time.ts';
import { topology } from './en/topology.ts';
import { users } from './en/users.ts';
import { workloads } from './en/workloads.ts';
import type { Translated } from './translated.ts';

export const en = {
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
} as const;

/** What every language has to say. */
export type Messages = Translated<typeof en>;
