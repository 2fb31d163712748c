import {
  BaseError,
  type Chain,
  createWalletClient,
  type Hex,
  hexToBigInt,
  http,
  isHex,
  type TypedDataDefinition,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';

/** The mnemonic that every development chain knows: worth nothing anywhere else. */
const MNEMONIC = 'test test test test test test test test test test test junk';

export interface Signer {
  address: string;
  request: (method: string, params: unknown[]) => Promise<unknown>;
}

interface SentTransaction {
  to?: Hex;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
}

/** As a real wallet does it: the node's code and the revert's data come through, so that a custom error can be read. */
function asRpcError(error: unknown): Error {
  if (!(error instanceof BaseError)) return error as Error;
  const withCode = error.walk((cause) => typeof (cause as { code?: unknown }).code === 'number');
  const withData = error.walk((cause) => (cause as { data?: unknown }).data !== undefined);
  return Object.assign(new Error(error.shortMessage), {
    code: (withCode as { code?: number } | null)?.code ?? -32603,
    data: (withData as { data?: unknown } | null)?.data,
  });
}

export function createSigner(index: number, chain: Chain): Signer {
  const account = mnemonicToAccount(MNEMONIC, { addressIndex: index });
  const client = createWalletClient({ account, chain, transport: http(chain.rpcUrls.default.http[0]) });

  const send = (transaction: SentTransaction): Promise<Hex> =>
    client.sendTransaction({
      ...(transaction.to ? { to: transaction.to } : {}),
      ...(transaction.data ? { data: transaction.data } : {}),
      ...(transaction.value ? { value: hexToBigInt(transaction.value) } : {}),
      ...(transaction.gas ? { gas: hexToBigInt(transaction.gas) } : {}),
    });

  const answer = (method: string, params: unknown[]): Promise<unknown> => {
    switch (method) {
      case 'personal_sign': {
        const message = params[0] as string;
        return account.signMessage({ message: isHex(message) ? { raw: message } : message });
      }
      case 'eth_signTypedData_v4': {
        const typed = typeof params[1] === 'string' ? JSON.parse(params[1]) : params[1];
        return account.signTypedData(typed as TypedDataDefinition);
      }
      case 'eth_sendTransaction':
        return send(params[0] as SentTransaction);
      default:
        return client.request({ method, params } as never);
    }
  };

  return {
    address: account.address,
    request: (method, params) =>
      answer(method, params).catch((error: unknown) => {
        throw asRpcError(error);
      }),
  };
}
