// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const multiSendCallOnlyAbi = [
  {"type":"function","name":"multiSend","inputs":[{"name":"transactions","type":"bytes"}],"outputs":[],"stateMutability":"payable"},
] as const;
