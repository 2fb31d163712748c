import type { ReactNode } from 'react';
import { ButtonLink } from '@/shared/ui/Button';
import { Link } from '@/shared/ui/Link';
import { Section } from '@/shared/ui/Section';

const STEPS: { title: string; text: ReactNode }[] = [
  {
    title: 'Verify who you are, once',
    text: 'A person checks your papers. The chain learns that your account may deal, and nothing about you.',
  },
  {
    title: 'Buy at the gold price',
    text: 'You pay in USDT or USDC. The contract says how many grams you get before you sign, and gives you no less.',
  },
  {
    title: 'Keep it, send it, or stake it',
    text: 'EAU is an ordinary token: transfers are free of fees. Staked, it receives the fees that others pay, in gold.',
  },
  {
    title: 'Have the bar sent to you',
    text: 'Ask for a kilobar or for 100 g. Your grams wait in escrow until the bar is in your hands; if it never ships, they come back.',
  },
];

const DIFFERENCES: { title: string; text: ReactNode }[] = [
  {
    title: 'No gram without a bar',
    text: 'The token itself refuses to mint more than the fine weight of the bars in the vault, to the milligram. No key can switch that off; only an upgrade could, which waits and can be stopped.',
  },
  {
    title: 'A price you can recompute',
    text: 'Two independent feeds must agree, and every price that was ever dealt at stays on the chain, with where it came from. When they do not agree, dealing stops; nothing else does.',
  },
  {
    title: 'Delivery is a rule, not a favour',
    text: 'Every redemption has a date by which the bar must ship and one by which it must arrive. After that, anyone can send your grams back to you.',
  },
  {
    title: 'Changes wait, and can be stopped',
    text: 'An upgrade needs several signatures and then a delay that everyone can see. Guardians can veto it; they cannot make one.',
  },
];

export function HowItWorks() {
  return (
    <>
      <Section title="How it works" className="pt-16">
        <ol className="grid gap-x-10 sm:grid-cols-2 lg:grid-cols-4">
          {STEPS.map(({ title, text }, at) => (
            <li key={title} className="border-t border-line py-5">
              <span aria-hidden="true" className="display-serif text-[22px] text-gold">
                {at + 1}
              </span>
              <h3 className="mt-1 font-semibold">{title}</h3>
              <p className="mt-1 text-[14.5px] text-ink-2">{text}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section title="What makes it different">
        <dl className="border-t border-line">
          {DIFFERENCES.map(({ title, text }) => (
            <div
              key={title}
              className="grid gap-x-10 gap-y-1 border-b border-line py-5 md:grid-cols-[300px_1fr]"
            >
              <dt className="font-semibold">{title}</dt>
              <dd className="max-w-[66ch] text-ink-2">{text}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 max-w-[66ch] text-[14px] text-ink-2">
          What you must still trust: that the vault holds the bars which custodian and auditor both signed
          for. Their signatures are on{' '}
          <Link
            href="/reserve"
            className="underline decoration-edge underline-offset-4 hover:decoration-gold"
          >
            each bar’s page
          </Link>
          .
        </p>
      </Section>
      <section
        aria-label="Begin"
        className="mt-8 flex flex-wrap items-center justify-between gap-6 border-y border-line py-9"
      >
        <p className="display-serif max-w-[22ch] text-[34px]">Begin with one gram, or with a bar.</p>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href="/trade" kind="gold">
            Buy gold
          </ButtonLink>
          <ButtonLink href="/onboarding">Get verified</ButtonLink>
        </div>
      </section>
    </>
  );
}
