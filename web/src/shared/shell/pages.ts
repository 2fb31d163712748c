export interface PageLink {
  href: string;
  title: string;
}

export const MAIN_PAGES: readonly PageLink[] = [
  { href: '/trade', title: 'Trade' },
  { href: '/stake', title: 'Stake' },
  { href: '/redeem', title: 'Redeem' },
  { href: '/portfolio', title: 'Portfolio' },
  { href: '/reserve', title: 'Reserve' },
  { href: '/prices', title: 'Prices' },
];

/** For those who run and watch over it. */
export const STAFF_PAGES: readonly PageLink[] = [
  { href: '/treasury', title: 'Treasury' },
  { href: '/operations', title: 'Operations' },
];

export const OTHER_PAGES: readonly PageLink[] = [{ href: '/onboarding', title: 'Verification' }];
