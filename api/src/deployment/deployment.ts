import { Deployment } from '@e-aurum/sdk/rest';
import type { Chain } from '../platform/chain/chain.ts';
import { type Route, route } from '../platform/http/route.ts';

/** What stands where: the file that the deployment wrote. */
export function createDeployment(chain: Chain): Route[] {
  return [
    route({
      method: 'get',
      path: '/v1/deployment',
      summary: 'Addresses, coins, feeds and the role table, as the deployment wrote them.',
      tag: 'Deployment',
      access: 'public',
      answer: Deployment,
      async handle() {
        return chain.deployment;
      },
    }),
  ];
}
