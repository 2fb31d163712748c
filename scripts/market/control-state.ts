/** What a visitor has switched on the market: feeds, replay speed. Kept in a JSON file over restarts. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FEED_NAMES, type FeedName } from '../devnet/feeds.ts';
import { REAL_TIME, type ReplaySegment, withSpeed } from './prices.ts';

/** The four Chainlink feeds, and "signed": the HTTP sources that the reporters of the signed feed ask. */
export const CONTROLLED_FEEDS = [...FEED_NAMES, 'signed'] as const;
export type ControlledFeed = FeedName | 'signed';

export const FEED_STATES = ['live', 'stale', 'wrong', 'dead'] as const;
export type FeedState = (typeof FEED_STATES)[number];

export interface Switch {
  state: FeedState;
  /** Unix seconds on the devnet's clock. */
  since: number;
}

/** A reopening of the market that the treasury has scheduled and that waits for its delay. */
export interface Reopening {
  /** Unix seconds from which it can be executed. */
  readyAt: number;
}

interface Stored {
  segments: ReplaySegment[];
  feeds: Record<ControlledFeed, Switch>;
  reopening?: Reopening;
}

export interface ControlState {
  readonly segments: ReplaySegment[];
  readonly speed: number;
  readonly reopening: Reopening | undefined;
  feed(feed: ControlledFeed): Switch;
  setFeed(feed: ControlledFeed, state: FeedState, at: number): void;
  /** How many seconds of history pass in a second, from `at` on. */
  setSpeed(speed: number, at: number): void;
  setReopening(reopening: Reopening | undefined): void;
}

function initial(): Stored {
  const live: Switch = { state: 'live', since: 0 };
  return {
    segments: REAL_TIME,
    feeds: Object.fromEntries(CONTROLLED_FEEDS.map((feed) => [feed, live])) as Stored['feeds'],
  };
}

function read(file: string): Stored {
  try {
    return { ...initial(), ...(JSON.parse(readFileSync(file, 'utf8')) as Stored) };
  } catch (error) {
    // A file that is missing or torn means the switches' first position: nothing else depends on it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return initial();
    throw error;
  }
}

/** Reads the file, or begins with everything live; without a file nothing is kept. */
export function openControlState(file?: string): ControlState {
  let stored = file ? read(file) : initial();
  const write = (change: Partial<Stored>): void => {
    stored = { ...stored, ...change };
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(stored, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  return {
    get segments() {
      return stored.segments;
    },
    get speed() {
      return stored.segments.at(-1)!.speed;
    },
    get reopening() {
      return stored.reopening;
    },
    feed: (feed) => stored.feeds[feed],
    setFeed: (feed, state, since) => write({ feeds: { ...stored.feeds, [feed]: { state, since } } }),
    setSpeed: (speed, at) => write({ segments: withSpeed(stored.segments, at, speed) }),
    setReopening: (reopening) => write({ reopening }),
  };
}
