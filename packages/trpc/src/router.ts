import { accessRouter } from './access-router.ts';
import { actionsRouter } from './actions-router.ts';
import { applicationsRouter } from './applications-router.ts';
import { discoveryRouter } from './discovery-router.ts';
import { eventsRouter } from './events-router.ts';
import { historyRouter } from './history-router.ts';
import { ledgerRouter } from './ledger-router.ts';
import { liveRouter } from './live-router.ts';
import { nodesRouter } from './nodes-router.ts';
import { overviewRouter } from './overview-router.ts';
import { resourcesRouter } from './resources-router.ts';
import { schemaRouter } from './schema-router.ts';
import { sessionRouter } from './session-router.ts';
import { topologyRouter } from './topology-router.ts';
import { router } from './trpc.ts';
import { usersRouter } from './users-router.ts';
import { workloadsRouter } from './workloads-router.ts';
import { writeRouter } from './write-router.ts';

/** All that the console can ask. */
export const appRouter = router({
  session: sessionRouter,
  discovery: discoveryRouter,
  access: accessRouter,
  overview: overviewRouter,
  applications: applicationsRouter,
  resources: resourcesRouter,
  write: writeRouter,
  actions: actionsRouter,
  live: liveRouter,
  users: usersRouter,
  history: historyRouter,
  ledger: ledgerRouter,
  topology: topologyRouter,
  workloads: workloadsRouter,
  nodes: nodesRouter,
  schema: schemaRouter,
  events: eventsRouter,
});

export type AppRouter = typeof appRouter;
