'use client';

import { useEffect, useId, useState } from 'react';
import { applyTheme, readTheme, THEMES, type Theme } from './theme';

const WORDS: Record<Theme, string> = { light: 'Light', dark: 'Dark', system: 'System' };

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>('system');
  const name = useId();
  useEffect(() => setTheme(readTheme()), []);
  return (
    <fieldset className="flex w-fit rounded-lg border border-line p-0.5 text-[13px]">
      <legend className="sr-only">Colours</legend>
      {THEMES.map((choice) => (
        <label
          key={choice}
          className="cursor-pointer rounded-md px-2.5 py-1 text-ink-2 has-checked:bg-sunk has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-gold"
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={choice}
            checked={theme === choice}
            onChange={() => {
              setTheme(choice);
              applyTheme(choice);
            }}
          />
          {WORDS[choice]}
        </label>
      ))}
    </fieldset>
  );
}
