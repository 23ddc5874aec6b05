import { describeStore } from './conformance.ts';
import { createMemoryStore } from './memory-store.ts';

describeStore('memory store', async () =>
  createMemoryStore({ busyResources: new Set(['nodes', 'leases.coordination.k8s.io']) }),
);
