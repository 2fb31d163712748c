'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ThemeChoice } from '../theme/ThemeChoice';
import { cx } from '../ui/cx';
import { Dialog } from '../ui/Dialog';
import { Link } from '../ui/Link';
import { MAIN_PAGES, OTHER_PAGES, STAFF_PAGES } from './pages';

const isHere = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);

export function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Pages" className="hidden gap-[22px] font-medium md:flex">
      {MAIN_PAGES.map(({ href, title }) => (
        <Link
          key={href}
          href={href}
          aria-current={isHere(path, href) ? 'page' : undefined}
          className={cx(
            'grid h-16 items-center border-b-2 border-transparent pt-0.5',
            isHere(path, href) ? 'border-gold-fill font-semibold text-ink' : 'text-ink-2 hover:text-ink',
          )}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

/** The same pages, and the quieter ones, behind one button on a phone. */
export function MenuButton() {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="md:hidden">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="-mr-2 grid size-11 place-items-center rounded-lg"
      >
        <span className="sr-only">Menu</span>
        <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5" fill="none" stroke="currentColor">
          <path d="M2.5 6h15M2.5 10h15M2.5 14h15" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </button>
      <Dialog title="e-Aurum" open={open} onClose={() => setOpen(false)}>
        <nav aria-label="All pages" className="divide-y divide-line border-y border-line">
          {[{ href: '/', title: 'Home' }, ...MAIN_PAGES, ...OTHER_PAGES, ...STAFF_PAGES].map(
            ({ href, title }) => (
              <Link
                key={href}
                href={href}
                onClick={() => setOpen(false)}
                aria-current={path === href ? 'page' : undefined}
                className={cx('flex min-h-12 items-center', path === href && 'font-semibold text-gold')}
              >
                {title}
              </Link>
            ),
          )}
        </nav>
        <div className="mt-5 flex items-center justify-between">
          <span className="text-[13.5px] text-ink-2">Colours</span>
          <ThemeChoice />
        </div>
      </Dialog>
    </div>
  );
}
