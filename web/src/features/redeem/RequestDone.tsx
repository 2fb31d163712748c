import { redemptionDeskAbi } from '@e-aurum/sdk/abi';
import { parseEventLogs, type TransactionReceipt } from 'viem';
import { formatExactTime } from '@/shared/format/time';
import { Grams } from '@/shared/ui/Amount';
import { ButtonLink } from '@/shared/ui/Button';

/** What the desk did, from its own event. */
export function RequestDone({ receipt }: { receipt: TransactionReceipt }) {
  const [requested] = parseEventLogs({
    abi: redemptionDeskAbi,
    logs: receipt.logs,
    eventName: 'RedemptionRequested',
  });
  if (!requested) return <p className="display-serif text-[26px]">Done</p>;
  const { id, escrow, shipBy } = requested.args;
  return (
    <>
      <p className="display-serif text-[28px]">Redemption {String(id)} is requested</p>
      <p className="mt-2 text-[14px] text-ink-2">
        <Grams wei={escrow} places={4} fromLeft /> wait in escrow. The vault ships by{' '}
        {formatExactTime(shipBy * 1_000)}, or you get all of it back.
      </p>
      <div className="mt-4">
        <ButtonLink href={`/redeem/${id}`} kind="gold" wide>
          Follow redemption {String(id)}
        </ButtonLink>
      </div>
    </>
  );
}
