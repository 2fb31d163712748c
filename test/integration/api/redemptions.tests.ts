/** The holder’s side of a redemption. */
import { describe, expect, it } from 'vitest';
import { send } from '../../../scripts/devnet/transactions.ts';
import { anyone, as, DELIVERY, world } from './seeded-api.ts';
import { until } from './services.ts';

export function redemptionTests(): void {
  describe('redemptions of the holder', () => {
    it('begin with sealed details, and follow the chain', async () => {
      const client = await as('investor2');
      const { deliveryRef } = (await client.post('/v1/redemptions/delivery-details', DELIVERY)).body;
      const products = (await anyone.get('/v1/redemptions/products')).body;
      const product = products.find(({ productId }: { productId: number }) => productId === 1);
      expect(product).toMatchObject({ name: '100 g bar', active: true });
      const { redemption, token } = world.contracts;
      const [escrow] = await redemption.read('escrowFor', [1, 1]);
      const before = (await client.get('/v1/portfolio')).body;
      await send(world.url, [
        token.send('investor2', 'approve', [redemption.address, escrow]),
        redemption.send('investor2', 'request', [1, 1, deliveryRef, product.termsHash]),
      ]);
      const during = (await client.get('/v1/portfolio')).body;
      expect(BigInt(during.escrowed) - BigInt(before.escrowed)).toBe(escrow);
      expect(during.total).toBe(before.total);

      const own = await until(
        'the redemption',
        async () => (await client.get('/v1/redemptions')).body.items[0],
        (item) => item?.deliveryRef === deliveryRef,
      );
      expect(own).toMatchObject({
        state: 'Requested',
        escrow: String(escrow),
        productName: '100 g bar',
        deliveryDetailsKnown: true,
        job: null,
      });
      expect(own.timeline.map(({ event }: { event: string }) => event)).toEqual(['RedemptionRequested']);
      const other = await as('investor1');
      expect((await other.get(`/v1/redemptions/${own.id}`)).status).toBe(404);

      await send(world.url, [redemption.send('investor2', 'cancel', [BigInt(own.id)])]);
      await until(
        'the cancellation',
        async () => (await client.get(`/v1/redemptions/${own.id}`)).body,
        (item) => item.state === 'Cancelled' && item.escrow === '0',
      );
      expect((await client.get('/v1/portfolio')).body.total).toBe(before.total);
    });

    it('show every state of the seed', async () => {
      const items = (
        await Promise.all(
          (['investor1', 'investor2', 'investor3', 'investor4'] as const).map(
            async (name) => (await (await as(name)).get('/v1/redemptions?limit=100')).body.items,
          ),
        )
      ).flat();
      for (const { id, shipment, account } of world.seed.redemptions) {
        const item = items.find((candidate: { id: string }) => candidate.id === String(id));
        expect(item).toMatchObject({
          holder: account,
          deliveryDetailsKnown: true,
          trackingNumber: shipment?.trackingNumber ?? null,
        });
        const [onChain] = await world.contracts.redemption.read('redemption', [id]);
        expect(item.escrow).toBe(String(onChain.escrow));
        expect(item.state).toBe(
          ['None', 'Requested', 'Accepted', 'Shipped', 'Disputed', 'Completed', 'Cancelled', 'Reclaimed'][
            Number(onChain.state)
          ],
        );
      }
    });
  });
}
