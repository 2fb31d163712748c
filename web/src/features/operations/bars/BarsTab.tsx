'use client';

import { Note } from '@/shared/ui/Note';
import { Section } from '@/shared/ui/Section';
import { SkeletonRows } from '@/shared/ui/State';
import { Capable } from '../Capable';
import { AttestReserve } from './AttestReserve';
import { BookBars } from './BookBars';
import { PendingBars } from './PendingBars';
import { useBars } from './use-bars';

/** The vault books bars in, the auditor endorses them and attests the whole. */
export function BarsTab() {
  const { list, refusal } = useBars();
  if (refusal)
    return (
      <Note tone="down" live title={`${refusal.title}.`}>
        {refusal.detail}
      </Note>
    );
  if (!list) return <SkeletonRows rows={6} label="The bars are loading" />;
  return (
    <>
      <Section title="Waiting for endorsement" className="pt-0 pb-8">
        <PendingBars bars={list.bars} />
      </Section>
      <Section title="Book bars in">
        <Capable need={['custodian']} to="book bars in">
          <BookBars known={list.bars} />
        </Capable>
      </Section>
      <Section title="Attest the reserve">
        <Capable need={['auditor']} to="attest the reserve">
          <AttestReserve list={list} />
        </Capable>
      </Section>
    </>
  );
}
