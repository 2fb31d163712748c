/**
 * The one place that reads the time. `AURUM_CLOCK_OFFSET_S` shifts it, so that a development chain whose clock was moved
 * to a weekday, and everything that talks to it, agree on what "now" is.
 */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Unix time in whole seconds, rounded down. */
  nowS(): number;
}

/** @param offsetS added to the machine's clock, in seconds; may be negative or a fraction */
export function createClock(offsetS = 0): Clock {
  const nowMs = (): number => Date.now() + Math.round(offsetS * 1_000);
  return { nowMs, nowS: () => Math.floor(nowMs() / 1_000) };
}

/**
 * The clock that the environment asks for.
 * @throws Error when AURUM_CLOCK_OFFSET_S is not a number
 */
export function clockFromEnvironment(env: NodeJS.ProcessEnv = process.env): Clock {
  const offsetS = Number(env.AURUM_CLOCK_OFFSET_S || 0);
  if (!Number.isFinite(offsetS)) {
    throw new Error(
      `AURUM_CLOCK_OFFSET_S is "${env.AURUM_CLOCK_OFFSET_S}": write a number of seconds, or unset it`,
    );
  }
  return createClock(offsetS);
}
