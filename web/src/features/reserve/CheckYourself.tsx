import { Section } from '@/shared/ui/Section';

const CHECKS = [
  {
    title: 'Everything, from the chain alone',
    text: 'Recomputes supply, what backed every mint, the price of every trade and the bar of every redemption. It ends with 0 when all of it fits, and with the exact place when something does not.',
    command: 'npm run audit',
  },
  {
    title: 'One bar',
    text: 'Its id is the hash of refiner, serial and year, so that one bar has one certificate. Fine weight is gross weight times fineness, rounded down to the milligram.',
    command: 'GoldReserve.bar(barId)',
  },
  {
    title: 'Supply against gold',
    text: 'Two numbers: what exists, and what the active and set-aside bars weigh. The first must never be more than the second.',
    command: 'GoldToken.totalSupply() ≤ (GoldReserve.backing() + committed()) × 1e15',
  },
] as const;

export function CheckYourself() {
  return (
    <Section title="Check it yourself">
      <p className="mb-3 max-w-[62ch] text-ink-2">
        Nothing on this page has to be believed. All of it is on the chain, and this is how to see it without
        us.
      </p>
      <ul className="border-t border-line">
        {CHECKS.map(({ title, text, command }) => (
          <li
            key={title}
            className="grid gap-x-10 gap-y-2 border-b border-line py-4 md:grid-cols-[1fr_minmax(0,1.1fr)]"
          >
            <div>
              <h3 className="font-semibold">{title}</h3>
              <p className="mt-0.5 text-[14px] text-ink-2">{text}</p>
            </div>
            <code className="self-start rounded-lg border border-line bg-sunk px-3.5 py-2.5 font-mono text-[12.5px] break-words">
              {command}
            </code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
