import { type Capacity, Me } from '@e-aurum/sdk/rest';
import { type Route, route, type Session } from '../platform/http/route.ts';

export interface AccountOptions {
  capacitiesOf(account: string): Promise<Capacity[]>;
  kycStateOf(account: string): Promise<Me['kyc']>;
}

/** Who is signed in, and what they may do. */
export function createAccount({ capacitiesOf, kycStateOf }: AccountOptions) {
  async function describe(session: Session): Promise<Me> {
    const [capacities, kyc] = await Promise.all([capacitiesOf(session.account), kycStateOf(session.account)]);
    return {
      account: session.account,
      capacities,
      kyc,
      sessionExpiresAt: session.expiresAt.toISOString(),
    };
  }
  const routes: Route[] = [
    route({
      method: 'get',
      path: '/v1/me',
      summary: 'The signed-in account, its capacities and its KYC state.',
      tag: 'Sign-in',
      access: 'session',
      answer: Me,
      handle: ({ session }) => describe(session!),
    }),
  ];
  return { describe, routes };
}
