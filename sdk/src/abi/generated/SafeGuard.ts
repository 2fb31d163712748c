// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const safeGuardAbi = [
  {"type":"constructor","inputs":[{"name":"multiSendCallOnly_","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"checkAfterExecution","inputs":[{"name":"","type":"bytes32"},{"name":"","type":"bool"}],"outputs":[],"stateMutability":"view"},
  {"type":"function","name":"checkTransaction","inputs":[{"name":"to","type":"address"},{"name":"","type":"uint256"},{"name":"","type":"bytes"},{"name":"operation","type":"uint8"},{"name":"","type":"uint256"},{"name":"","type":"uint256"},{"name":"","type":"uint256"},{"name":"","type":"address"},{"name":"","type":"address"},{"name":"","type":"bytes"},{"name":"","type":"address"}],"outputs":[],"stateMutability":"view"},
  {"type":"function","name":"multiSendCallOnly","inputs":[],"outputs":[{"name":"","type":"address"}],"stateMutability":"view"},
  {"type":"function","name":"supportsInterface","inputs":[{"name":"interfaceId","type":"bytes4"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"pure"},
  {"type":"error","name":"DelegateCallRefused","inputs":[{"name":"to","type":"address"}]},
  {"type":"error","name":"GuardRemoved","inputs":[{"name":"guard","type":"address"}]},
  {"type":"error","name":"ModuleRefused","inputs":[{"name":"module","type":"address"}]},
] as const;
