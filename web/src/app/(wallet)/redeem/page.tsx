import type { Product } from '@e-aurum/sdk/rest';
import type { Metadata } from 'next';
import { SessionGate } from '@/chain/account/Gates';
import { PRODUCTS_PATH } from '@/features/redeem/products';
import { RedeemForm } from '@/features/redeem/RedeemForm';
import { RedemptionList } from '@/features/redeem/RedemptionList';
import { readApi } from '@/server/api';
import { PageTitle, Section } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Redeem' };

export default async function RedeemPage() {
  const products = await readApi<Product[]>(PRODUCTS_PATH);
  return (
    <>
      <PageTitle title="Have a bar sent">
        Your grams wait in escrow until the bar is in your hands, or come back to you. Nobody but the contract
        holds them, and its deadlines can’t be moved.
      </PageTitle>
      <RedeemForm initial={products} />
      <Section title="Your redemptions" className="pt-14">
        <SessionGate what="your redemptions">
          <RedemptionList />
        </SessionGate>
      </Section>
    </>
  );
}
