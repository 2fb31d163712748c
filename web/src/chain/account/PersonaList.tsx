'use client';

import { useState } from 'react';
import type { Persona } from '@/chain/development';
import { cx } from '@/shared/ui/cx';

interface PersonaListProps {
  personas: readonly Persona[];
  current: Persona | null;
  onChoose: (persona: Persona) => Promise<void>;
}

/** Who to be on a development chain. */
export function PersonaList({ personas, current, onChoose }: PersonaListProps) {
  const [busy, setBusy] = useState<string | null>(null);
  return (
    <section aria-label="Development wallet">
      <p className="mb-2 text-[13.5px] text-ink-2">
        This is a development chain. Be one of its people; they sign at once, with play money.
      </p>
      <ul className="border-t border-line">
        {personas.map((persona) => (
          <li key={persona.key} className="border-b border-line">
            <button
              type="button"
              aria-pressed={persona.key === current?.key}
              disabled={busy !== null}
              data-persona={persona.key}
              onClick={async () => {
                setBusy(persona.key);
                await onChoose(persona).finally(() => setBusy(null));
              }}
              className={cx(
                'flex min-h-11 w-full flex-wrap items-baseline justify-between gap-x-3 px-1 py-2 text-left hover:bg-sunk disabled:cursor-wait',
                persona.key === current?.key && 'text-gold',
              )}
            >
              <span className="font-semibold">{persona.name}</span>
              <span className="text-[13.5px] text-ink-2">
                {busy === persona.key ? 'One moment …' : persona.role}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
