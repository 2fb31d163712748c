import { instant, integer, type Projection, text } from '../indexer/projection.ts';

/** The registry's status of each account, as of its last event. */
export const investorProjection: Projection = {
  name: 'investors',
  version: 1,
  tables: ['investor_status'],
  appendOnly: false,
  events: { InvestorRegistry: ['StatusSet', 'StatusRevoked'] },
  async apply(tx, event) {
    const account = text(event, 'account');
    if (event.event === 'StatusRevoked') {
      await tx.query(
        'UPDATE investor_status SET revoked = true, at = $2, block_number = $3 WHERE account = $1',
        [account, event.at, event.blockNumber],
      );
      return;
    }
    await tx.query(
      `INSERT INTO investor_status (account, tier, expires_at, revoked, at, block_number)
       VALUES ($1, $2, $3, false, $4, $5)
       ON CONFLICT (account) DO UPDATE SET tier = excluded.tier, expires_at = excluded.expires_at, revoked = false,
                                           at = excluded.at, block_number = excluded.block_number`,
      [
        account,
        Number(integer(event, 'tier')),
        instant(text(event, 'expiry')) ?? new Date(0),
        event.at,
        event.blockNumber,
      ],
    );
  },
};
