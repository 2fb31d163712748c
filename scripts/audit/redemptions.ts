import { WEI_PER_MG } from '@e-aurum/sdk';
import type { ChainEvent } from './events.ts';
import type { Report } from './report.ts';
import type { ReserveLedger } from './reserve.ts';

const AREA = 'escrow and bars of every redemption';

interface Product {
  minFineWeightMg: bigint;
  maxFineWeightMg: bigint;
  feePerBar: bigint;
}

interface AuditedRedemption {
  holder: string;
  product: Product;
  count: bigint;
  escrow: bigint;
  fee: bigint;
  barIds: bigint[];
  open: boolean;
}

/** Follows every redemption's escrow and bars from the request to its end. */
export function createRedemptionLedger(report: Report, reserve: ReserveLedger) {
  const products = new Map<bigint, Product>();
  const redemptions = new Map<bigint, AuditedRedemption>();

  function request({ args, place, time }: ChainEvent): void {
    const product = products.get(args.productId);
    report.check(
      AREA,
      product !== undefined,
      () => `redemption ${args.id} names product ${args.productId}, which is unknown`,
      place,
    );
    if (!product) return;
    const fee = product.feePerBar * args.count;
    const escrow = product.maxFineWeightMg * args.count * WEI_PER_MG + fee;
    report.check(
      AREA,
      args.fee === fee && args.escrow === escrow,
      () =>
        `redemption ${args.id} took ${args.escrow} wei with a fee of ${args.fee}, its product says ${escrow} and ${fee}`,
      place,
    );
    report.check(
      AREA,
      Number(args.shipBy) > time && args.deliverBy >= args.shipBy,
      () => `the deadlines of redemption ${args.id} are out of order`,
      place,
    );
    redemptions.set(args.id, {
      holder: args.holder,
      product,
      count: args.count,
      escrow,
      fee,
      barIds: [],
      open: true,
    });
  }

  function accept(redemption: AuditedRedemption, { args, place }: ChainEvent): void {
    redemption.barIds = [...args.barIds];
    const bars = redemption.barIds.map((id) => reserve.bars.get(id));
    const fits = bars.every((bar) => {
      const weight = bar?.fineWeightMg ?? -1n;
      return (
        bar?.redemptionId === args.id &&
        weight >= redemption.product.minFineWeightMg &&
        weight <= redemption.product.maxFineWeightMg
      );
    });
    report.check(
      AREA,
      fits && BigInt(bars.length) === redemption.count,
      () => `the bars of redemption ${args.id} are not those of its product`,
      place,
    );
    const weightMg = bars.reduce((total, bar) => total + (bar?.fineWeightMg ?? 0n), 0n);
    const excess = redemption.escrow - redemption.fee - weightMg * WEI_PER_MG;
    report.check(
      AREA,
      args.fineWeightMg === weightMg && args.excessReturned === excess,
      () => `redemption ${args.id} returned ${args.excessReturned} wei of excess, its bars say ${excess}`,
      place,
    );
    redemption.escrow -= excess;
  }

  function complete(redemption: AuditedRedemption, { args, place }: ChainEvent): void {
    const delivered = redemption.barIds.every((id) => reserve.bars.get(id)?.state === 'Delivered');
    report.check(
      AREA,
      delivered,
      () => `redemption ${args.id} is completed, and not all its bars are delivered`,
      place,
    );
    report.check(
      AREA,
      args.burned === redemption.escrow - redemption.fee && args.fee === redemption.fee,
      () =>
        `redemption ${args.id} burned ${args.burned} wei, its bars weigh ${redemption.escrow - redemption.fee}`,
      place,
    );
    redemption.open = false;
    redemption.escrow = 0n;
  }

  function giveBack(redemption: AuditedRedemption, { name, args, place }: ChainEvent): void {
    report.check(
      AREA,
      args.returned === redemption.escrow,
      () => `${name} of ${args.id} returned ${args.returned} wei of ${redemption.escrow}`,
      place,
    );
    redemption.open = false;
    redemption.escrow = 0n;
  }

  return {
    redemptions,
    openEscrow: () => [...redemptions.values()].reduce((total, { escrow }) => total + escrow, 0n),
    apply(event: ChainEvent): void {
      const { name, args, place } = event;
      if (name === 'ProductChanged') {
        products.set(args.productId, {
          minFineWeightMg: args.product.minFineWeightMg,
          maxFineWeightMg: args.product.maxFineWeightMg,
          feePerBar: args.product.feePerBar,
        });
        return;
      }
      if (name === 'RedemptionRequested') {
        request(event);
        return;
      }
      const steps = {
        RedemptionAccepted: accept,
        RedemptionCompleted: complete,
        RedemptionCancelled: giveBack,
        RedemptionReclaimed: giveBack,
      };
      const step = steps[name as keyof typeof steps];
      if (!step) return;
      const redemption = redemptions.get(args.id);
      report.check(
        AREA,
        redemption?.open === true,
        () => `${name} of redemption ${args.id}, which is not open`,
        place,
      );
      if (redemption) step(redemption, event);
    },
  };
}
