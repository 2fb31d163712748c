import type { BarDetail } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BarDetails } from '@/features/reserve/BarDetails';
import { readApi } from '@/server/api';

export const metadata: Metadata = { title: 'Bar' };

export default async function BarPage({ params }: { params: Promise<{ barId: string }> }) {
  const { barId } = await params;
  if (!/^\d{1,78}$/.test(barId)) notFound();
  return <BarDetails barId={barId} initial={await readApi<BarDetail>(`/v1/reserve/bars/${barId}`)} />;
}
