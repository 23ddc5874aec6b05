import { accessRouter } from './access-router.ts';
import { actionsRouter } from './actions-router.ts';
import { applicationsRouter } from './applications-router.ts';
import { discoveryRouter } from './discovery-router.ts';
import { liveRouter } from './live-router.ts';
import { overviewRouter } from './overview-router.ts';
import { resourcesRouter } from './resources-router.ts';
import { sessionRouter } from './session-router.ts';
import { router } from './trpc.ts';
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
});

export type AppRouter = typeof appRouter;
