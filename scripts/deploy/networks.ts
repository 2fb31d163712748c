/** The chains that a deployment knows, by the name on the command line. */
import { bsc } from '../../deployments/parameters/bsc.ts';
import { bscTestnet } from '../../deployments/parameters/bscTestnet.ts';
import { devnet } from '../../deployments/parameters/devnet.ts';
import type { Parameters, People } from '../../deployments/parameters/schema.ts';

export const NETWORKS: Record<string, (people: People) => Parameters> = { devnet, bscTestnet, bsc };
