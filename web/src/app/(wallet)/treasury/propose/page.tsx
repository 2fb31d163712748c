import type { Metadata } from 'next';
import { Propose } from '@/features/treasury/Propose';
import { Link } from '@/shared/ui/Link';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Propose' };

export default function ProposePage() {
  return (
    <>
      <p className="-mb-8 pt-10 text-[14px] text-ink-2 sm:-mb-11">
        <Link href="/treasury" className="underline decoration-edge underline-offset-4 hover:decoration-gold">
          Treasury
        </Link>
      </p>
      <PageTitle title="Propose something">
        A signer proposes. It is decoded, compared and simulated for all to read; it happens when enough
        signers sign twice, with a delay between.
      </PageTitle>
      <Propose />
    </>
  );
}
