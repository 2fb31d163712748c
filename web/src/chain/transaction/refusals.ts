import { formatAmount } from '@e-aurum/sdk';
import { formatGrams } from '../../shared/format/money.ts';
import { formatExactTime } from '../../shared/format/time.ts';

/** Why something did not happen, and what to do. */
export interface Refusal {
  title: string;
  detail: string;
}

type Arguments = readonly unknown[];
type Explain = (args: Arguments) => Refusal;

const grams = (value: unknown): string => formatGrams(BigInt(value as bigint), 4);
const time = (value: unknown): string => formatExactTime(Number(value) * 1_000);
const say = (title: string, detail: string): Refusal => ({ title, detail });
const always =
  (title: string, detail: string): Explain =>
  () =>
    say(title, detail);

const wrongState = always(
  'It has moved on',
  'Its state changed in the meantime. Look at it again; what you can do now is shown there.',
);
const frozen = always(
  'This account is frozen',
  'What leaves it is blocked by compliance. Write to us to learn why.',
);
const unauthorised = always(
  'This account may not do that',
  'The role table on the chain gives this to somebody else. Connect the right account.',
);
const retry = always('The contract was not ready', 'Nothing moved. Try again in a moment.');

/** Every custom error that somebody who uses these pages can meet, in plain words. */
export const REFUSALS: Record<string, Explain> = {
  // trading
  DealingHalted: always(
    'Dealing is halted',
    'The price feeds do not agree, so there is no price. Buying and selling begin again by themselves when they do.',
  ),
  DealingIsPaused: ([until]) =>
    say('Dealing is paused', `A guardian stopped it until ${time(until)}. Transfers and redemption go on.`),
  NotEligible: always(
    'This account is not verified',
    'Only verified investors can deal. Get verified first; it takes one form.',
  ),
  DeadlinePassed: always(
    'It took too long',
    'The quote ran out before it reached the chain. Ask for a new one.',
  ),
  CoinNotAccepted: always('This coin is not accepted', 'Choose another one.'),
  CoinOffPeg: ([, usdPerCoin]) =>
    say(
      'The coin is off its peg',
      `It is worth $${formatAmount(BigInt(usdPerCoin as bigint))} now, outside of 0.98 to 1.02. Choose another coin.`,
    ),
  CoinFeedDead: always(
    'There is no price of this coin',
    'Its price feed does not answer. Choose another coin or try later.',
  ),
  TooLittle: always(
    'The price moved',
    'You would get less than the least you asked for, so nothing was traded. Take the new quote.',
  ),
  TradeTooLarge: ([, most]) =>
    say('That is too much for one trade', `At most ${grams(most)} can be traded at once now.`),
  HourlyLimitExceeded: ([, available]) =>
    say(
      'The hourly limit is reached',
      `${grams(available)} can be traded now; the limit refills over an hour.`,
    ),
  InsufficientLiquidity: always(
    'The desk has not enough of this coin',
    'Sell less, choose the other coin, or have your gold delivered instead.',
  ),
  NoHeadroom: ([, available]) =>
    say(
      'There is not enough gold in the reserve',
      `${grams(available)} can be bought now. More comes with the next bar.`,
    ),
  CoinTookFee: always(
    'The coin took a fee on its way',
    'Coins that do this are not accepted. Choose another one.',
  ),
  // token
  ReserveExceeded: always(
    'There is not enough gold in the reserve',
    'Nothing is minted without a bar behind it. Buy less, or later.',
  ),
  AttestationTooOld: always(
    'The reserve’s attestation is too old',
    'Nothing can be bought until the auditor attests the reserve again. Selling and redeeming go on.',
  ),
  MintLimitExceeded: ([, , available]) =>
    say(
      'The minting limit is reached',
      `${grams(available)} can be bought now; the limit refills with time.`,
    ),
  MintingIsPaused: ([until]) => say('Buying is paused', `A guardian stopped minting until ${time(until)}.`),
  TransfersArePaused: ([until]) =>
    say('Transfers are paused', `A guardian stopped them; they go on at ${time(until)} at the latest.`),
  ERC20InsufficientBalance: ([, balance, needed]) =>
    say(
      'There is not enough in your account',
      `It holds ${formatAmount(BigInt(balance as bigint))}, and ${formatAmount(BigInt(needed as bigint))} are needed.`,
    ),
  ERC20InsufficientAllowance: always(
    'The approval was too small',
    'Try again, and approve the amount that is shown.',
  ),
  ERC7943CannotSend: frozen,
  ERC7943CannotTransfer: frozen,
  ERC7943InsufficientUnfrozenBalance: frozen,
  OwnerFrozen: frozen,
  ERC2612ExpiredSignature: always('The permit ran out', 'You signed, but it took too long. Try again.'),
  ERC2612InvalidSigner: always(
    'The permit was not signed by this account',
    'Try again with the account that holds the tokens.',
  ),
  // staking
  StreamTooSoon: ([nextAt]) => say('It is too soon', `The next stream can start at ${time(nextAt)}.`),
  NothingToStream: always(
    'There are no fees waiting',
    'A stream can start when trades have paid fees, and somebody has staked.',
  ),
  ERC4626ExceededMaxWithdraw: always('That is more than you have staked', 'Choose a smaller amount.'),
  ERC4626ExceededMaxRedeem: always('That is more than you have staked', 'Choose a smaller amount.'),
  ERC4626ExceededMaxDeposit: always('That much can’t be staked', 'Choose a smaller amount.'),
  // redemption
  ProductUnavailable: always('This bar size is not offered now', 'Choose another one.'),
  TermsDiffer: always('The terms changed', 'Load the page again to read the new ones before you go on.'),
  NotHolder: always('This redemption is somebody else’s', 'Connect the account that asked for it.'),
  WrongState: wrongState,
  WrongBarState: wrongState,
  TooLate: ([, deadline]) => say('The time for that is over', `It ended at ${time(deadline)}.`),
  TooEarly: ([, notBefore]) => say('It is too early for that', `You can do it from ${time(notBefore)}.`),
  WrongCount: ([given, wanted]) => say('The number of bars is wrong', `${given} given, ${wanted} asked for.`),
  BarOutOfRange: always('A bar is outside of the product’s weight', 'Choose bars within its range.'),
  NotIndependent: always(
    'Custodian and auditor must be two people',
    'Use another account for one of the two.',
  ),
  NotProved: always('No delivery was proved yet', 'The custodian brings the proof first.'),
  InvalidReceipt: always(
    'The receipt was not signed by the holder',
    'Sign it with the account that asked for the redemption.',
  ),
  // reserve
  BarAlreadyBooked: always(
    'This bar is booked already',
    'One bar, one certificate: check refiner, serial and year.',
  ),
  FineWeightMismatch: always(
    'The fine weight differs',
    'It is not what was booked. Compare it with the weight list.',
  ),
  EndorserIsBooker: always('Who booked a bar can’t endorse it', 'Endorse it with the auditor’s account.'),
  NotInPerson: always(
    'This must be done in person',
    'It can’t go through the access manager. Use the role’s own account.',
  ),
  AttestedTotalMismatch: always(
    'The total differs from the chain',
    'Count again; the bars may have changed since.',
  ),
  AttestedListChanged: always('The list of bars changed', 'Load it again, and attest what it says now.'),
  DocumentsMissing: always('A bar needs its documents', 'Give the hash of its documents.'),
  // governance
  AccessManagedUnauthorized: unauthorised,
  AccessManagerUnauthorizedAccount: unauthorised,
  AccessManagerUnauthorizedCall: unauthorised,
  AccessManagerNotReady: always('The delay is not over', 'It can run when its delay has passed.'),
  AccessManagerExpired: always(
    'It was not executed in time',
    'A week after its delay it expired. Propose it again.',
  ),
  AccessManagerNotScheduled: always(
    'It is not scheduled',
    'It ran already, was vetoed, or was never scheduled.',
  ),
  AccessManagerAlreadyScheduled: always('It is scheduled already', 'Wait for its delay, then execute it.'),
  // the rest of what may pass by
  ReentrancyGuardReentrantCall: retry,
  PriceUnavailable: always('There is no price now', 'The feeds do not agree. Try again when they do.'),
};

const show = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(show).join(', ')}]` : String(value);

/** A custom error in plain words; one that is not known here keeps its name and values. */
export function explainCustomError(name: string, args: Arguments = []): Refusal {
  const explain = Object.hasOwn(REFUSALS, name) ? REFUSALS[name] : undefined;
  try {
    if (explain) return explain(args);
  } catch {
    // an error of the same name with other values: fall through to its bare text
  }
  return say('The contract refused', `It said ${name}(${args.map(show).join(', ')}). Nothing moved.`);
}
