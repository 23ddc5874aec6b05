import { join } from 'node:path';

/** Where things lie in the data folder; docs/architecture.md has the whole tree. */
export interface Layout {
  readonly data: string;
  readonly kubeconfig: string;
  readonly adminPassword: string;
  readonly adminToken: string;
  readonly options: string;
  readonly lock: string;
  readonly pki: string;
  readonly kubeconfigs: string;
  readonly postgres: string;
  readonly git: string;
  readonly node: string;
  readonly run: string;
  readonly logs: string;
  readonly supervisorSocket: string;
}

export function layoutOf(data: string): Layout {
  return {
    data,
    kubeconfig: join(data, 'kubeconfig'),
    adminPassword: join(data, 'admin-password'),
    adminToken: join(data, 'admin-token'),
    options: join(data, 'gantry.json'),
    lock: join(data, 'lock'),
    pki: join(data, 'pki'),
    kubeconfigs: join(data, 'kubeconfigs'),
    postgres: join(data, 'postgres'),
    git: join(data, 'git'),
    node: join(data, 'node'),
    run: join(data, 'run'),
    logs: join(data, 'logs'),
    supervisorSocket: join(data, 'run', 'gantry.sock'),
  };
}

export const healthSocket = (layout: Layout, component: string): string =>
  join(layout.run, `${component}.sock`);
export const pidFile = (layout: Layout, component: string): string => join(layout.run, `${component}.pid`);
export const logFile = (layout: Layout, component: string): string => join(layout.logs, `${component}.log`);
