import { startWorld } from './world.ts';

/** One world for all specs; E2E_HOME names the home of one that already runs, to write tests against. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.E2E_HOME) return async () => {};
  const world = await startWorld();
  process.env.E2E_HOME = world.home;
  process.env.E2E_OFFSET_S = String(world.offsetS);
  return world.stop;
}
