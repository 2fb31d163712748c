import type { Config } from 'wagmi';
import { getBlock } from 'wagmi/actions';

/** Unix seconds, so far from now on the clock that will judge it: the chain's, unless ours is ahead. */
export async function deadlineIn(config: Config, seconds: number): Promise<bigint> {
  const { timestamp } = await getBlock(config);
  const ours = BigInt(Math.floor(Date.now() / 1_000));
  return (timestamp > ours ? timestamp : ours) + BigInt(seconds);
}
