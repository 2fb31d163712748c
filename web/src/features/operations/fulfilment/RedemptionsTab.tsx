'use client';

import { useSession } from '@/chain/account/use-session';
import { Capable } from '../Capable';
import { useView } from '../use-view';
import { AuditorDetail } from './AuditorDetail';
import { OperatorDetail } from './OperatorDetail';
import { OPERATORS } from './paths';
import { Queue } from './Queue';

export function RedemptionsTab() {
  const { id } = useView();
  const { can } = useSession();
  return (
    <Capable need={[...OPERATORS, 'auditor']} to="see everybody’s redemptions">
      {!id ? <Queue /> : OPERATORS.some(can) ? <OperatorDetail id={id} /> : <AuditorDetail id={id} />}
    </Capable>
  );
}
