const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** A span in the one unit that says it best: "12 s", "4 min", "3 h", "2 days". */
export function formatSpan(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return plural(Math.floor(ms / DAY), 'day');
}

/** What is left until a deadline, in two units: "2 days 4 h", "1 min 20 s"; never below zero. */
export function formatLeft(ms: number): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / SECOND)} s`;
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min ${Math.floor((left % MINUTE) / SECOND)} s`;
  if (left < DAY) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min`;
  return `${plural(Math.floor(left / DAY), 'day')} ${Math.floor((left % DAY) / HOUR)} h`;
}

/** A period as people say it: "5 days", "90 s", "36 h". */
export function formatPeriod(seconds: number): string {
  if (seconds % 86_400 === 0) return plural(seconds / 86_400, 'day');
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0 && seconds >= 120) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** "12 s ago", or "in 3 h" for what is to come. */
export function formatAgo(atMs: number, nowMs: number): string {
  const age = nowMs - atMs;
  if (age < 0) return `in ${formatSpan(-age)}`;
  return age < SECOND ? 'now' : `${formatSpan(age)} ago`;
}

const exact = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const month = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const newYork = new Intl.DateTimeFormat('en-US', {
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'America/New_York',
});

/** "20 Nov 2026, 10:12:31 UTC". UTC everywhere, so that two people read the same figure. */
export const formatExactTime = (atMs: number): string => `${exact.format(atMs)} UTC`;
export const formatDay = (atMs: number): string => day.format(atMs);
export const formatMonth = (atMs: number): string => month.format(atMs);
export const formatDayMonth = (atMs: number): string => dayMonth.format(atMs);
export const formatClock = (atMs: number): string => clock.format(atMs);

/** "Sunday 18:00 in New York": the gold market keeps New York's time. */
export function formatNewYork(atMs: number): string {
  const parts = Object.fromEntries(newYork.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.hour}:${parts.minute} in New York`;
}
