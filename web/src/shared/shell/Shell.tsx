import type { LatestPrice } from '@e-aurum/sdk/rest';
import type { ReactNode } from 'react';
import type { Result } from '../api/problem';
import { PricePill } from '../price/PricePill';
import { ThemeChoice } from '../theme/ThemeChoice';
import { Link } from '../ui/Link';
import { Mark } from './Mark';
import { MenuButton, Navigation } from './Navigation';
import { MAIN_PAGES, OTHER_PAGES, STAFF_PAGES } from './pages';

interface ShellProps {
  price: Result<LatestPrice>;
  /** The account, or the way to it: pages without a wallet link to one that has it. */
  account: ReactNode;
  children: ReactNode;
}

export function Shell({ price, account, children }: ShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-ink px-4 py-2 text-paper focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-40 border-b border-line bg-paper">
        <div className="wrap-page flex h-16 items-center gap-4 lg:gap-7">
          <Link href="/" aria-label="e-Aurum, home" className="rounded-md">
            <Mark />
          </Link>
          <Navigation />
          <span className="flex-1" />
          <span className="max-sm:hidden md:max-[880px]:hidden">
            <PricePill initial={price} />
          </span>
          {account}
          <MenuButton />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="wrap-page flex-1 pb-20 outline-none">
        {children}
      </main>
      <Footer price={price} />
    </div>
  );
}

function Footer({ price }: { price: Result<LatestPrice> }) {
  return (
    <footer className="border-t border-line py-9 text-[14px]">
      <div className="wrap-page grid gap-8 md:grid-cols-[1fr_auto_auto]">
        <div className="max-w-[44ch] text-ink-2">
          <Mark />
          <p className="mt-2.5">
            One EAU is one gram of fine gold in a numbered bar. Check every gram yourself:{' '}
            <code className="font-mono text-[13px]">npm run audit</code>
          </p>
          <div className="mt-4 sm:hidden">
            <PricePill initial={price} />
          </div>
        </div>
        <nav aria-label="Everything" className="grid grid-cols-2 gap-x-10 text-ink-2 sm:gap-x-14">
          {[...MAIN_PAGES, ...OTHER_PAGES, ...STAFF_PAGES].map(({ href, title }) => (
            <Link key={href} href={href} className="flex min-h-8 items-center hover:text-ink">
              {title}
            </Link>
          ))}
        </nav>
        <div>
          <ThemeChoice />
        </div>
      </div>
    </footer>
  );
}
