/** Every number against the contracts it comes from; and the same through the sdk’s client. */
import { ApiProblem, allPages, createApiClient } from '@e-aurum/sdk/client';
import { describe, expect, it } from 'vitest';
import { devAccount, devSigner } from '../../../scripts/devnet/accounts.ts';
import { send } from '../../../scripts/devnet/transactions.ts';
import { signInMessage } from './client.ts';
import { anyone, as, url, world } from './seeded-api.ts';
import { until } from './services.ts';

export function marketTests(): void {
  describe('what the chain says', () => {
    it('is the price, its feeds and its history', async () => {
      const latest = (await anyone.get('/v1/prices/latest')).body;
      const [quote] = await world.contracts.oracle.read('quote');
      expect(latest.usdPerGram).toBe(String(quote.usdPerGram));
      expect(latest.mode).toBe(['Halted', 'Normal', 'Degraded', 'AfterHours'][Number(quote.mode)]);
      expect(latest.feeds.map(({ source }: { source: string }) => source)).toEqual([
        'Main',
        'Pivot',
        'Fallback',
      ]);
      expect(latest.marketOpen).toBe(true);
      const [closes] = await world.contracts.oracle.read('isMarketOpen', [
        Date.parse(latest.marketChangesAt) / 1000,
      ]);
      expect(closes).toBe(false);

      const [ring] = await Promise.all([world.contracts.oracle.read('ring')]);
      const newest = Number(ring.newestSequence);
      const history = (await anyone.get('/v1/prices/history?days=100&points=2000')).body;
      expect(history.observations).toBe(newest);
      expect(history.points.length).toBeGreaterThan(100);

      const csv = (await anyone.get('/v1/prices/observations.csv')).text.trim().split('\r\n');
      expect(csv[0]).toBe(
        'sequence,at,usdPerGram,lowUsdPerGram,highUsdPerGram,mode,source,blockNumber,transactionHash',
      );
      expect(csv.length).toBe(newest + 1);

      const sequences: string[] = [];
      let cursor = '';
      do {
        const page = (await anyone.get(`/v1/prices/observations?limit=500${cursor}`)).body;
        sequences.push(...page.items.map(({ sequence }: { sequence: string }) => sequence));
        cursor = page.next && `&cursor=${page.next}`;
      } while (cursor);
      expect(sequences).toEqual(Array.from({ length: newest }, (_, index) => String(newest - index)));
      const halted = (await anyone.get('/v1/prices/observations?mode=AfterHours&limit=500')).body.items;
      expect(new Set(halted.map(({ mode }: { mode: string }) => mode))).toEqual(new Set(['AfterHours']));
    });

    it('is the reserve, to the bar', async () => {
      const { reserve, token } = world.contracts;
      const body = (await anyone.get('/v1/reserve')).body;
      const [[supply], [backing], [committed], [count], [mintable]] = await Promise.all([
        token.read('totalSupply'),
        reserve.read('backing'),
        reserve.read('committed'),
        reserve.read('barCount'),
        token.read('mintable'),
      ]);
      expect(body).toMatchObject({
        supply: String(supply),
        backingMg: String(backing),
        committedMg: String(committed),
        mintable: String(mintable),
      });
      expect(BigInt(body.circulating) + BigInt(body.staked) + BigInt(body.escrowed)).toBe(supply);

      const bars = (await anyone.get('/v1/reserve/bars?limit=500')).body.items;
      expect(bars.length).toBe(Number(count));
      const inState = (state: string) => bars.filter((bar: { state: string }) => bar.state === state);
      for (const [state, n] of Object.entries(body.bars)) expect(inState(state).length).toBe(n);
      const sum = (state: string) =>
        inState(state).reduce(
          (total: bigint, bar: { fineWeightMg: string }) => total + BigInt(bar.fineWeightMg),
          0n,
        );
      expect([sum('Active'), sum('Committed')]).toEqual([backing, committed]);

      const delivered = inState('Delivered')[0];
      expect(delivered.holder).toMatch(/^0x/);
      const detail = (await anyone.get(`/v1/reserve/bars/${delivered.barId}`)).body;
      expect(detail.history.map(({ event }: { event: string }) => event)).toEqual([
        'BarBooked',
        'BarEndorsed',
        'BarCommitted',
        'BarDelivered',
      ]);
    });

    it('is the stake', async () => {
      const body = (await anyone.get('/v1/staking')).body;
      const [[assets], [shares], [pending]] = await Promise.all([
        world.contracts.staking.read('totalAssets'),
        world.contracts.staking.read('totalSupply'),
        world.contracts.staking.read('pendingFees'),
      ]);
      expect(body).toMatchObject({ totalShares: String(shares), pendingFees: String(pending) });
      expect(BigInt(body.totalAssets) <= assets).toBe(true);
      expect(body.annualRateBps).toBeGreaterThan(0);
    });

    it('is the quote that the trade then gets, the trade, and the portfolio', async () => {
      const { desk, token } = world.contracts;
      const usdt = world.deployment.coins.find(({ symbol }) => symbol === 'USDT')!;
      const account = devAccount('investor4').address;
      const client = await as('investor4');
      const amount = 1_000n * 10n ** 18n;
      const before = (await client.get('/v1/portfolio')).body;

      const quote = (await anyone.get(`/v1/quotes?side=buy&coin=${usdt.address}&amount=${amount}`)).body;
      const [direct] = await desk.read('quoteBuy', [usdt.address, amount]);
      expect(quote.grams).toBe(String(direct.grams));

      const [, receipt] = await send(world.url, [
        {
          from: account,
          to: usdt.address,
          data: token.encode('approve', [desk.address, amount]),
          label: 'approve',
        },
        desk.send('investor4', 'buy', [usdt.address, amount, 0, 2n ** 48n - 1n]),
      ]);
      await until(
        'the trade',
        async () => (await client.get('/v1/trades')).body.items[0],
        (trade) => trade?.transactionHash === receipt!.transactionHash,
      );
      const trade = (await client.get('/v1/trades')).body.items[0];
      expect(trade).toMatchObject({ side: 'buy', coinSymbol: 'USDT', coinAmount: String(amount), account });
      const [observation] = await world.contracts.oracle.read('observation', [trade.observation]);
      expect(['Halted', 'Normal', 'Degraded', 'AfterHours'][Number(observation.mode)]).toBe(trade.mode);

      const after = (await client.get('/v1/portfolio')).body;
      const [balance] = await token.read('balanceOf', [account]);
      expect(after.balance).toBe(String(balance));
      expect(BigInt(after.balance) - BigInt(before.balance)).toBe(BigInt(trade.grams));
      expect(BigInt(after.costUsd) - BigInt(before.costUsd)).toBe(BigInt(trade.usd));
      expect(BigInt(after.gainUsd)).toBe(BigInt(after.valueUsd) - BigInt(after.costUsd));
      expect(BigInt(after.total)).toBe(BigInt(after.balance) + BigInt(after.staked) + BigInt(after.escrowed));
      const shares = after.bars.reduce(
        (sum: bigint, bar: { shareMg: string }) => sum + BigInt(bar.shareMg),
        0n,
      );
      expect(Number(shares)).toBeCloseTo(Number(BigInt(after.total) / 10n ** 15n), -2);
      expect((await anyone.get('/v1/trades')).status).toBe(401);
    });

    it('is a refusal that says what to do', async () => {
      const usdt = world.deployment.coins[0]!;
      const huge = await anyone.get(`/v1/quotes?side=buy&coin=${usdt.address}&amount=${10n ** 30n}`);
      expect(huge).toMatchObject({ status: 422, body: { code: 'trade-too-large' } });
      const coin = await anyone.get(
        `/v1/quotes?side=sell&coin=${world.deployment.safe}&amount=${10n ** 18n}`,
      );
      expect(coin).toMatchObject({ status: 422, body: { code: 'coin-not-accepted' } });
    });

    it('is the deployment, as it was written', async () => {
      const body = (await anyone.get('/v1/deployment')).body;
      expect(body).toEqual(JSON.parse(JSON.stringify(world.deployment)));
    });
  });

  describe('the sdk’s client', () => {
    it('reads all that is open to everybody, as the schemas say', async () => {
      const client = createApiClient({ baseUrl: url });
      const [deployment, price, history, reserve, staking, products] = await Promise.all([
        client.deployment(),
        client.prices.latest(),
        client.prices.history({ days: 30, points: 50 }),
        client.reserve.now(),
        client.staking(),
        client.redemptions.products(),
      ]);
      expect(deployment.chainId).toBe(31337);
      expect(price.feeds).toHaveLength(3);
      expect(history.points.length).toBeGreaterThan(10);
      expect(BigInt(reserve.supply) > 0n && BigInt(staking.totalAssets) > 0n).toBe(true);
      expect(products.map(({ productId }) => productId)).toContain(1);
      const bars = [];
      for await (const bar of allPages((cursor) => client.reserve.bars({ cursor, limit: 5 })))
        bars.push(bar.barId);
      expect(new Set(bars).size).toBe(Object.values(reserve.bars).reduce((sum, n) => sum + n, 0));
    });

    it('signs in, trades on what it reads, and hears what is refused', async () => {
      const client = createApiClient({ baseUrl: url });
      await expect(client.portfolio()).rejects.toBeInstanceOf(ApiProblem);
      const wallet = devSigner('investor3');
      const message = await signInMessage(anyone, wallet.address);
      const me = await client.signIn.verify({ message, signature: await wallet.signMessage(message) });
      expect(me).toMatchObject({ account: wallet.address, kyc: 'approved' });
      expect((await client.portfolio()).account).toBe(wallet.address);
      expect((await client.trades({ limit: 2 })).items.length).toBeGreaterThan(0);
      expect((await client.kyc.case()).state).toBe('approved');
      await client.signIn.out();
      await expect(client.signIn.me()).rejects.toBeInstanceOf(ApiProblem);
    });
  });
}
