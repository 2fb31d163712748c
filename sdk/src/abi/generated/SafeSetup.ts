// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const safeSetupAbi = [
  {"type":"function","name":"installGuard","inputs":[{"name":"guard","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
] as const;
