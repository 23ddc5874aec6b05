import { startGantry } from './gantry.ts';

/** Starts one Gantry for all specs, with a real node where that is possible; ends and removes it afterwards. */
const setup = async (): Promise<() => Promise<void>> => {
  const gantry = await startGantry();
  process.env.GANTRY_E2E = JSON.stringify({ data: gantry.data, status: gantry.status });
  return () => gantry.purge();
};

export { setup as default };
