import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RedemptionView } from '@/features/redeem/RedemptionView';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Redemption ${(await params).id}` };
}

export default async function RedemptionPage({ params }: Props) {
  const { id } = await params;
  if (!/^\d{1,30}$/.test(id)) notFound();
  return <RedemptionView id={BigInt(id)} />;
}
