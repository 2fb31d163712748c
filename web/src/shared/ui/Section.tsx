import type { ReactNode } from 'react';
import { cx } from './cx';

export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="pt-10 pb-8 sm:pt-14">
      <h1 className="display-serif text-[40px] sm:text-[48px]">{title}</h1>
      {children && <p className="mt-2.5 max-w-[62ch] text-[17px] text-ink-2">{children}</p>}
    </div>
  );
}

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
}

export function Section({ title, aside, children, className, id }: SectionProps) {
  return (
    <section id={id} className={cx('py-8', className)} aria-label={title}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 className="display-serif text-[30px]">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Label and figure, one under another: the details of a quote, of a bar. */
export function Facts({ facts }: { facts: readonly { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid gap-y-2 text-[14px]">
      {facts.map(({ label, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed by its writer
        <div key={at} className="flex justify-between gap-x-4">
          <dt className="text-ink-2">{label}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Figures side by side between two hairlines. */
export function FactBand({ facts }: { facts: readonly { label: ReactNode; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-2 border-y border-line md:grid-cols-4">
      {facts.map(({ label, value }, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed by its writer
          key={at}
          className="flex flex-col-reverse justify-end border-line py-4 pr-3 odd:pr-3 even:border-l even:pl-5 md:[&:nth-child(3)]:border-l md:[&:nth-child(n+2)]:pl-5 max-md:[&:nth-child(n+3)]:border-t"
        >
          <dt className="text-[13.5px] text-ink-2">{label}</dt>
          <dd className="display-serif text-[24px] sm:text-[30px]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
