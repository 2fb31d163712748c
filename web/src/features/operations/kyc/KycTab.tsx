'use client';

import { Capable } from '../Capable';
import { useView } from '../use-view';
import { KycDetail } from './KycDetail';
import { KycList } from './KycList';

export function KycTab() {
  const { id } = useView();
  return (
    <Capable need={['operator', 'compliance']} to="review applications">
      {id ? <KycDetail id={id} /> : <KycList />}
    </Capable>
  );
}
