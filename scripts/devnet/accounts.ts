import { HDNodeWallet, Mnemonic, type Provider } from 'ethers';

/**
 * The devnet's keys. They come from the mnemonic that every Ethereum tool knows, so they are worth nothing anywhere
 * else; a production configuration refuses them (see {@link isDevKey}).
 */
export const DEV_MNEMONIC = 'test test test test test test test test test test test junk';

/** Which account of the mnemonic plays whom. */
export const DEV_ACCOUNTS = {
  deployer: 0,
  treasury1: 1,
  treasury2: 2,
  treasury3: 3,
  guardian1: 4,
  guardian2: 5,
  custodian: 6,
  auditor: 7,
  compliance: 8,
  issuer: 9,
  reporter1: 10,
  reporter2: 11,
  reporter3: 12,
  reporter4: 13,
  reporter5: 14,
  transmitter: 15,
  marketKeeper: 16,
  fulfilment: 17,
  /** Marks the seed's progress on the chain: its nonce counts the blocks written. */
  historian: 18,
  newcomer: 20,
  investor1: 21,
  investor2: 22,
  investor3: 23,
  investor4: 24,
} as const;

export type DevAccountName = keyof typeof DEV_ACCOUNTS;

/** How many accounts anvil must fund so that every name above has gas. */
export const DEV_ACCOUNT_COUNT = 25;

export interface DevAccount {
  name: string;
  index: number;
  address: string;
  privateKey: string;
}

const mnemonic = Mnemonic.fromPhrase(DEV_MNEMONIC);
const byIndex = new Map<number, HDNodeWallet>();

function walletAt(index: number): HDNodeWallet {
  let wallet = byIndex.get(index);
  if (!wallet) {
    wallet = HDNodeWallet.fromMnemonic(mnemonic, `m/44'/60'/0'/0/${index}`);
    byIndex.set(index, wallet);
  }
  return wallet;
}

/** A named development account, e.g. `devAccount('custodian')`. */
export function devAccount(name: DevAccountName): DevAccount {
  const index = DEV_ACCOUNTS[name];
  const { address, privateKey } = walletAt(index);
  return { name, index, address, privateKey };
}

/** The same account as an ethers signer. */
export function devSigner(name: DevAccountName, provider?: Provider): HDNodeWallet {
  const wallet = walletAt(DEV_ACCOUNTS[name]);
  return provider ? (wallet.connect(provider) as HDNodeWallet) : wallet;
}

/** Several accounts of one kind in their order, e.g. `devGroup('reporter')` for reporter1 to reporter5. */
export function devGroup(prefix: 'treasury' | 'guardian' | 'reporter' | 'investor'): DevAccount[] {
  return (Object.keys(DEV_ACCOUNTS) as DevAccountName[])
    .filter((name) => new RegExp(`^${prefix}\\d+$`).test(name))
    .map(devAccount);
}

/** True if a private key belongs to the development mnemonic (its first 100 accounts): production must refuse it. */
export function isDevKey(privateKey: string): boolean {
  const wanted = privateKey.toLowerCase().replace(/^(0x)?/, '0x');
  for (let index = 0; index < 100; index++) if (walletAt(index).privateKey === wanted) return true;
  return false;
}
