'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { formatUsd } from '../format/money';
import { formatClock, formatDayMonth, formatExactTime, formatMonth } from '../format/time';
import { MODE_WORDS, SOURCE_WORDS } from '../price/words';
import { type ChartScale, type HistoryPoint, nearest, scaleOf, ticksOf } from './scale';

const WIDTH = 1000;
const HEIGHT = 240;
const FILLS: Record<string, string> = {
  Degraded: 'fill-warn/15',
  AfterHours: 'fill-closed/15',
  Halted: 'fill-down/20',
};
const DAY_MS = 86_400_000;

function linesOf({ points, x, y }: ChartScale): { line: string; area: string } {
  const line = points
    .map(({ atMs, position }) => `${(x(atMs) * WIDTH).toFixed(1)},${(y(position) * HEIGHT).toFixed(1)}`)
    .join(' ');
  return { line, area: `0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}` };
}

function tickText(atMs: number, spanMs: number): string {
  if (spanMs > 45 * DAY_MS) return formatMonth(atMs);
  return spanMs > 2 * DAY_MS ? formatDayMonth(atMs) : formatClock(atMs);
}

const wordsOf = (point: HistoryPoint): string =>
  `${formatUsd(BigInt(point.usdPerGram), 4)} per g, ${MODE_WORDS[point.mode]}, ${SOURCE_WORDS[point.source]}, ${formatExactTime(Date.parse(point.at))}`;

interface PriceChartProps {
  history: readonly HistoryPoint[];
  label: string;
  /** Under the chart, at its right end. */
  footnote?: string;
  /** Shades where the price was not Normal. */
  showModes?: boolean;
  className?: string;
}

/** The price line. Pointer or arrow keys read it out, point by point: every point is an observation on the chain. */
export function PriceChart({ history, label, footnote, showModes, className = 'h-60' }: PriceChartProps) {
  const scale = useMemo(() => scaleOf(history), [history]);
  const lines = useMemo(() => scale && linesOf(scale), [scale]);
  const [selected, setSelected] = useState<number | null>(null);
  if (!scale || !lines) {
    return (
      <p className={`grid place-items-center border-y border-line text-ink-2 ${className}`}>
        There are no prices in this range yet.
      </p>
    );
  }
  const last = scale.points.length - 1;
  const at = Math.min(selected ?? last, last);
  const point = scale.points[at]!;

  const follow = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    setSelected(nearest(scale.points, scale.fromMs + share * (scale.toMs - scale.fromMs)));
  };
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.round(last / 20));
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageDown: at - page,
      PageUp: at + page,
      Home: 0,
      End: last,
    };
    if (event.key === 'Escape') return setSelected(null);
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setSelected(Math.min(last, Math.max(0, to)));
  };

  return (
    <figure className="border-y border-line">
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at}
        aria-valuetext={wordsOf(point.source)}
        onPointerMove={follow}
        onPointerDown={follow}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setSelected(null)}
        onKeyDown={move}
        onBlur={() => setSelected(null)}
        className={`relative touch-pan-y ${className}`}
      >
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block size-full overflow-visible"
        >
          <polygon points={lines.area} className="fill-wash" />
          {showModes &&
            scale.stretches.map(({ mode, fromMs, toMs }) => (
              <rect
                key={`${mode}${fromMs}`}
                x={Math.max(0, scale.x(fromMs) * WIDTH)}
                width={Math.max(1.5, (scale.x(toMs) - Math.max(0, scale.x(fromMs))) * WIDTH)}
                y={0}
                height={HEIGHT}
                className={FILLS[mode]}
              />
            ))}
          <polyline
            points={lines.line}
            fill="none"
            strokeWidth="1.8"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
            className="stroke-gold"
          />
        </svg>
        {selected !== null && <Readout scale={scale} at={at} />}
      </div>
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 py-2 text-[12.5px] text-ink-2">
        <span aria-hidden="true" className="relative block h-5 min-w-40 grow">
          {ticksOf(scale.fromMs, scale.toMs).map((tick) => (
            <span
              key={tick}
              className="absolute whitespace-nowrap"
              style={{ left: `min(${scale.x(tick) * 100}%, calc(100% - 3.5em))` }}
            >
              {tickText(tick, scale.toMs - scale.fromMs)}
            </span>
          ))}
        </span>
        {footnote && <span className="w-full sm:text-right">{footnote}</span>}
      </figcaption>
    </figure>
  );
}

function Readout({ scale, at }: { scale: ChartScale; at: number }) {
  const { atMs, position, source } = scale.points[at]!;
  const left = scale.x(atMs) * 100;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      <i className="absolute inset-y-0 w-px bg-edge" style={{ left: `${left}%` }} />
      <i
        className="absolute size-2.5 -translate-1/2 rounded-full border-2 border-paper bg-gold"
        style={{ left: `${left}%`, top: `${scale.y(position) * 100}%` }}
      />
      <div
        className="absolute top-1 rounded-md bg-ink px-2.5 py-1.5 text-[12.5px] leading-snug whitespace-nowrap text-paper"
        style={left > 50 ? { right: `calc(${100 - left}% + 10px)` } : { left: `calc(${left}% + 10px)` }}
      >
        <b className="font-semibold">{formatUsd(BigInt(source.usdPerGram), 4)} per g</b>
        <br />
        {formatExactTime(atMs)}
        <br />
        {MODE_WORDS[source.mode]} · {SOURCE_WORDS[source.source]} · #{source.sequence}
      </div>
    </div>
  );
}
