export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_KEY = 'aurum.theme';

/** Runs before the first paint, so that no page flashes in the wrong colours. Kept in step with applyTheme. */
export const themeScript = `(()=>{let t;try{t=localStorage.getItem('${THEME_KEY}')}catch{}
const dark=matchMedia('(prefers-color-scheme: dark)');
const set=()=>{document.documentElement.dataset.theme=t==='light'||t==='dark'?t:dark.matches?'dark':'light'};
set();dark.addEventListener('change',()=>{try{t=localStorage.getItem('${THEME_KEY}')}catch{}set()})})()`;

export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(THEME_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system'; // storage may be switched off
  }
}

export function applyTheme(theme: Theme): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // it then lasts for this page only
  }
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
