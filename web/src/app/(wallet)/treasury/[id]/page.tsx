import type { Proposal, Treasury } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ProposalView } from '@/features/treasury/ProposalView';
import { TREASURY_PATH } from '@/features/treasury/words';
import { readApi } from '@/server/api';

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: 'Proposal' };

export default async function ProposalPage({ params }: Props) {
  const { id } = await params;
  if (!/^[0-9a-f-]{36}$/i.test(id)) notFound();
  const [proposal, treasury] = await Promise.all([
    readApi<Proposal>(`${TREASURY_PATH}/proposals/${id}`),
    readApi<Treasury>(TREASURY_PATH),
  ]);
  return <ProposalView id={id} initial={proposal} treasury={treasury} />;
}
