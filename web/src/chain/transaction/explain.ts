import { errorsAbi } from '@e-aurum/sdk/abi';
import { BaseError, ContractFunctionRevertedError, decodeErrorResult, type Hex, isHex } from 'viem';
import { ApiProblem } from '../../shared/api/problem.ts';
import { explainCustomError, type Refusal } from './refusals.ts';

const USER_REJECTED = 4001;

const say = (title: string, detail: string): Refusal => ({ title, detail });

/** The Safe (1.4.1) refuses with codes: docs/error_codes.md of its repository. */
const SAFE_CODES: Record<string, Refusal> = {
  GS013: say('The call inside would fail', 'The Safe undid all of it. Read the simulation of the proposal.'),
  GS020: say('There are too few signatures', 'Collect the missing ones first.'),
  GS026: say(
    'A signature does not count any more',
    'The Safe did something else since it was given, and its nonce moved on. Sign again.',
  ),
};

const explainReason = (reason: string | undefined): Refusal =>
  SAFE_CODES[reason ?? ''] ??
  say(
    'The contract refused',
    reason ? `It said “${reason}”. Nothing moved.` : 'It gave no reason. Nothing moved.',
  );

function revertData(error: BaseError): Hex | null {
  const found = error.walk((cause) => {
    const data = (cause as { data?: unknown }).data;
    return isHex(data) && data.length >= 10;
  });
  const data = (found as { data?: unknown } | null)?.data;
  return isHex(data) ? data : null;
}

function explainRevert(error: BaseError): Refusal | null {
  const reverted = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (
    reverted instanceof ContractFunctionRevertedError &&
    reverted.data?.errorName &&
    reverted.data.errorName !== 'Error'
  )
    return explainCustomError(reverted.data.errorName, reverted.data.args ?? []);
  const data =
    revertData(error) ?? (reverted instanceof ContractFunctionRevertedError ? reverted.raw : undefined);
  if (data && data.length >= 10) {
    try {
      const { errorName, args } = decodeErrorResult({ abi: errorsAbi, data });
      const values = (args as readonly unknown[] | undefined) ?? [];
      // Error(string) is decoded whatever the ABI
      return (errorName as string) === 'Error'
        ? explainReason(String(values[0]))
        : explainCustomError(errorName, values);
    } catch {
      // no error of ours
    }
  }
  if (reverted instanceof ContractFunctionRevertedError) return explainReason(reverted.reason);
  return null;
}

const hasCode = (error: BaseError, code: number): boolean =>
  error.walk((cause) => (cause as { code?: unknown }).code === code) !== null;

/** Any error of a wallet, the chain or the service, in plain words with what to do. */
export function explainError(error: unknown): Refusal {
  if (error instanceof ApiProblem) return say(error.problem.title, error.problem.detail);
  if (error instanceof BaseError) {
    if (hasCode(error, USER_REJECTED) || error.name === 'UserRejectedRequestError')
      return say('You declined in your wallet', 'Nothing was sent. You can try again.');
    const refused = explainRevert(error);
    if (refused) return refused;
    if (/insufficient funds/i.test(`${error.shortMessage} ${error.details}`))
      return say(
        'There is no BNB for the fee',
        'The account needs a little BNB to pay the network. Add some, then try again.',
      );
    if (hasCode(error, 4902) || error.name === 'SwitchChainError')
      return say(
        'Your wallet is on another network',
        'Switch it to the network that is shown, then try again.',
      );
    if (
      ['HttpRequestError', 'TimeoutError', 'WaitForTransactionReceiptTimeoutError'].some((name) =>
        error.walk((cause) => (cause as Error).name === name),
      )
    )
      return say(
        'The chain does not answer',
        'If something was sent it may still go through. Check your portfolio before you try again.',
      );
    return say('It did not work', error.shortMessage);
  }
  if (error instanceof Error) {
    if ((error as { code?: unknown }).code === USER_REJECTED)
      return say('You declined in your wallet', 'Nothing was sent. You can try again.');
    return say('It did not work', error.message);
  }
  return say('It did not work', 'Try again in a moment.');
}
