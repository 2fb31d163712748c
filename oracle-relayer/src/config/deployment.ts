import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getAddress } from 'ethers';
import { z } from 'zod';
import { ConfigError, type LoadedConfig, pathInConfig } from './load.ts';

const address = z.string().transform((text, context) => {
  try {
    return getAddress(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be an address' });
    return z.NEVER;
  }
});

/** Only what the relayer needs; the file holds more. */
const deploymentSchema = z.object({
  chainId: z.number().int().positive(),
  contracts: z.object({
    SignedPriceFeed: z.object({ proxy: address }),
    PriceOracle: z.object({ proxy: address }),
  }),
});

export interface Deployment {
  chainId: number;
  signedPriceFeed: string;
  priceOracle: string;
}

/**
 * The addresses, from the file that the deployment wrote: `AURUM_DEPLOYMENT` if set, else as the config says.
 * @throws ConfigError when the file is missing, malformed, or of another chain
 */
export function loadDeployment(config: LoadedConfig, env: NodeJS.ProcessEnv = process.env): Deployment {
  const path = env.AURUM_DEPLOYMENT ? resolve(env.AURUM_DEPLOYMENT) : pathInConfig(config, config.deployment);
  if (!existsSync(path))
    throw new ConfigError(
      `${path} does not exist: deploy the contracts first, or set AURUM_DEPLOYMENT to the file`,
    );
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new ConfigError(`${path} is not JSON: deploy again, or set AURUM_DEPLOYMENT to another file`);
  }
  const result = deploymentSchema.safeParse(content);
  if (!result.success)
    throw new ConfigError(`${path} is not a deployment:\n${z.prettifyError(result.error)}`);
  const { chainId, contracts } = result.data;
  if (chainId !== config.chain.id)
    throw new ConfigError(`${path} is of chain ${chainId}, ${config.file} of chain ${config.chain.id}`);
  return {
    chainId,
    signedPriceFeed: contracts.SignedPriceFeed.proxy,
    priceOracle: contracts.PriceOracle.proxy,
  };
}
