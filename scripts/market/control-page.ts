/** The market's switchboard as one small page without scripts. */
import { CONTROLLED_FEEDS, type ControlledFeed, FEED_STATES, type FeedState } from './control-state.ts';

export interface ControlView {
  /** ISO time on the devnet's clock. */
  now: string;
  /** By New York hours. */
  marketOpen: boolean;
  /** ISO time until which a guardian has closed it, if so. */
  closedByGuardianUntil?: string;
  /** ISO time at which a scheduled reopening takes effect, if so. */
  reopensAt?: string;
  speed: number;
  /** Dollars per troy ounce. */
  spotUsdPerOunce: number;
  paxgUsdPerOunce: number;
  feeds: Record<
    ControlledFeed,
    { state: FeedState; since?: string; answerUsd?: number; updatedAt?: string; dead?: boolean }
  >;
}

const MEANING: Record<FeedState, string> = {
  live: 'true and fresh',
  stale: 'says nothing new',
  wrong: 'off by 10%',
  dead: 'does not answer',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function button(fields: Record<string, string>, label: string, pressed = false): string {
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');
  return `<form method="post" action="/control">${inputs}<button${pressed ? ' aria-pressed="true"' : ''}>${escapeHtml(label)}</button></form>`;
}

function feedRow(feed: ControlledFeed, view: ControlView['feeds'][ControlledFeed]): string {
  const says = view.dead
    ? 'reverts'
    : view.answerUsd === undefined
      ? 'HTTP sources of the five reporters'
      : `$${view.answerUsd.toFixed(view.answerUsd < 10 ? 5 : 2)}, ${escapeHtml(view.updatedAt ?? 'never')}`;
  const buttons = FEED_STATES.map((state) => button({ feed, state }, state, state === view.state)).join('');
  return `<tr><th scope="row">${escapeHtml(feed)}</th><td>${says}</td><td class="row">${buttons}</td><td>${MEANING[view.state]}</td></tr>`;
}

/** The page for {@link ControlView}. */
export function controlPage(view: ControlView): string {
  const closed = view.closedByGuardianUntil
    ? `closed by a guardian until ${escapeHtml(view.closedByGuardianUntil)}${view.reopensAt ? `, reopens at ${escapeHtml(view.reopensAt)}` : ''}`
    : view.marketOpen
      ? 'open'
      : 'closed by New York hours';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Devnet market</title><style>
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1b16;background:#faf8f3}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ddd6c4}
form{display:inline}button{font:inherit;padding:.2rem .7rem;border:1px solid #b8ad90;border-radius:.3rem;background:#fff;cursor:pointer}
button[aria-pressed]{background:#7a5c0f;color:#fff;border-color:#7a5c0f}.row{white-space:nowrap}
@media(prefers-color-scheme:dark){body{color:#efe9dc;background:#171511}button{background:#2a261e;color:inherit}th,td{border-color:#3a3429}}
</style></head><body>
<h1>Devnet market</h1>
<p>${escapeHtml(view.now)}. Spot $${view.spotUsdPerOunce.toFixed(2)} and PAXG $${view.paxgUsdPerOunce.toFixed(2)} an ounce,
real prices of six years ago at ${view.speed} times their speed. For development: nothing here exists in production.</p>
<table><thead><tr><th scope="col">Feed</th><th scope="col">says</th><th scope="col">make it</th><th scope="col">which is</th></tr></thead>
<tbody>${CONTROLLED_FEEDS.map((feed) => feedRow(feed, view.feeds[feed])).join('')}</tbody></table>
<h2>Gold market</h2><p>It is ${closed}.</p>
<p class="row">${button({ market: 'closed' }, 'close it')} ${button({ market: 'open' }, 'reopen it')}</p>
<h2>Speed</h2><p class="row">${[1, 10, 60, 600].map((speed) => button({ speed: String(speed) }, `${speed}×`, speed === view.speed)).join(' ')}</p>
</body></html>
`;
}
