import type { Metadata } from 'next';
import { Operations } from '@/features/operations/Operations';
import { PageTitle } from '@/shared/ui/Section';

export const metadata: Metadata = { title: 'Operations' };

export default function OperationsPage() {
  return (
    <>
      <PageTitle title="Operations">
        Who is verified, which bar goes where, what lies in the vault: the work of the vault’s operator and of
        the auditor.
      </PageTitle>
      <Operations />
    </>
  );
}
