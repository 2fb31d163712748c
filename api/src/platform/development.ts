import { HDNodeWallet, Mnemonic } from 'ethers';

/** The mnemonic every Ethereum tool knows: its keys are worth nothing, and production refuses them. */
const MNEMONIC = Mnemonic.fromPhrase('test test test test test test test test test test test junk');
const KNOWN_ACCOUNTS = 100;
const INDEX = { compliance: 8, fulfilment: 17 } as const;

/** Wraps the keys of development's invented people. */
export const DEVELOPMENT_MASTER_KEY = `0x${'a5'.repeat(32)}`;

const accounts = HDNodeWallet.fromMnemonic(MNEMONIC, "m/44'/60'/0'/0");
const keyAt = (index: number): string => accounts.deriveChild(index).privateKey;

/** The private key that plays a signer of the services on a development chain. */
export function developmentKey(signer: keyof typeof INDEX): string {
  return keyAt(INDEX[signer]);
}

/** True for a key that is public knowledge. */
export function isDevelopmentKey(key: string): boolean {
  const wanted = key.toLowerCase();
  if (wanted === DEVELOPMENT_MASTER_KEY || /^0x(..)\1{31}$/.test(wanted)) return true;
  for (let index = 0; index < KNOWN_ACCOUNTS; index++) if (keyAt(index) === wanted) return true;
  return false;
}
