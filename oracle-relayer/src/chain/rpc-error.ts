import { isError } from 'ethers';

interface JsonRpcFault {
  code?: number;
  message?: string;
  data?: unknown;
}

/** What the node said, dug out of the wrapping that ethers puts around it; undefined if it said nothing. */
export function nodeFault(error: unknown): JsonRpcFault | undefined {
  const wrapped = error as { error?: JsonRpcFault; info?: { error?: JsonRpcFault } };
  return wrapped?.info?.error ?? wrapped?.error;
}

/** The node's own words, in lower case, to be searched; else the error's. */
export function faultText(error: unknown): string {
  const fault = nodeFault(error)?.message;
  return (fault ?? (error instanceof Error ? error.message : String(error))).toLowerCase();
}

/** Words of nodes and gateways that refuse for reasons of their own, which another endpoint may not share. */
const ENDPOINT_TROUBLE =
  /rate limit|too many requests|limit exceeded|quota|unauthori|forbidden|api key|internal error|timed? ?out|temporarily|overloaded|header not found|missing trie node|method not (found|supported|available)/;

/** True if the endpoint is at fault rather than what was asked: another may answer. */
export function isEndpointFailure(error: unknown): boolean {
  const fault = nodeFault(error);
  if (!fault) return !isError(error, 'CALL_EXCEPTION');
  if (fault.code === 3 || fault.data) return false; // a revert
  return ENDPOINT_TROUBLE.test(faultText(error));
}
