/** USDT and USDC at their BSC addresses, and money for the devnet's people. */
import { encodeBytes32String, Interface } from 'ethers';
import { devnet } from '../../deployments/parameters/devnet.ts';
import { devAccount } from './accounts.ts';
import { devArtifact } from './artifacts.ts';
import { rpc, word } from './rpc.ts';
import { hasCode } from './safe.ts';
import { sendAs } from './transactions.ts';

export type CoinSymbol = 'USDT' | 'USDC';

const NAMES: Record<CoinSymbol, string> = { USDT: 'Tether USD', USDC: 'USD Coin' };

/** As BSC's BEP-20 coins have them; they have no `owner()` in common but both have `getOwner()`. */
const coinInterface = new Interface([
  'function getOwner() view returns (address)',
  'function mint(uint256) returns (bool)',
  'function transfer(address,uint256) returns (bool)',
]);

export function coinAddresses(): Record<CoinSymbol, string> {
  const find = (symbol: CoinSymbol) => devnet().desk.coins.find((coin) => coin.symbol === symbol)!.address;
  return { USDT: find('USDT'), USDC: find('USDC') };
}

/** How Solidity stores a string of at most 31 bytes in one slot: the text, and twice its length in the last byte. */
function shortString(text: string): string {
  return word(BigInt(encodeBytes32String(text)) | BigInt(text.length * 2));
}

/** Puts the coins where there are none; their owner, who may mint, is the market keeper. */
export async function placeCoins(url: string): Promise<void> {
  const code = devArtifact('DevCoin').deployedBytecode;
  for (const [symbol, address] of Object.entries(coinAddresses()) as [CoinSymbol, string][]) {
    if (await hasCode(url, address)) continue;
    // The slots are those of DevCoin.sol, which are those of the coins on BSC.
    const slots: [slot: number, value: string][] = [
      [0, word(devAccount('marketKeeper').address)],
      [4, word(18)],
      [5, shortString(symbol)],
      [6, shortString(NAMES[symbol])],
    ];
    for (const [slot, value] of slots) await rpc(url, 'anvil_setStorageAt', [address, word(slot), value]);
    await rpc(url, 'anvil_setCode', [address, code]);
  }
}

/** Mints `amount` (the coin's units, 18 decimals) as the coin's owner and gives it to each account. */
export async function giveCoins(
  url: string,
  symbol: CoinSymbol,
  accounts: string[],
  amount: bigint,
): Promise<void> {
  const coin = coinAddresses()[symbol];
  const data = coinInterface.encodeFunctionData('getOwner');
  const answer = await rpc<string>(url, 'eth_call', [{ to: coin, data }, 'latest']);
  const [owner] = coinInterface.decodeFunctionResult('getOwner', answer) as unknown as [string];
  await sendAs(url, owner, [
    {
      to: coin,
      data: coinInterface.encodeFunctionData('mint', [amount * BigInt(accounts.length)]),
      label: `mint ${symbol}`,
    },
    ...accounts.map((account) => ({
      to: coin,
      data: coinInterface.encodeFunctionData('transfer', [account, amount]),
      label: `give ${symbol} to ${account}`,
    })),
  ]);
}
