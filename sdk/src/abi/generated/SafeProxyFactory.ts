// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const safeProxyFactoryAbi = [
  {"type":"function","name":"createChainSpecificProxyWithNonce","inputs":[{"name":"_singleton","type":"address"},{"name":"initializer","type":"bytes"},{"name":"saltNonce","type":"uint256"}],"outputs":[{"name":"proxy","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"createProxyWithCallback","inputs":[{"name":"_singleton","type":"address"},{"name":"initializer","type":"bytes"},{"name":"saltNonce","type":"uint256"},{"name":"callback","type":"address"}],"outputs":[{"name":"proxy","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"createProxyWithNonce","inputs":[{"name":"_singleton","type":"address"},{"name":"initializer","type":"bytes"},{"name":"saltNonce","type":"uint256"}],"outputs":[{"name":"proxy","type":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"getChainId","inputs":[],"outputs":[{"name":"","type":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"proxyCreationCode","inputs":[],"outputs":[{"name":"","type":"bytes"}],"stateMutability":"pure"},
  {"type":"event","name":"ProxyCreation","inputs":[{"name":"proxy","type":"address","indexed":true},{"name":"singleton","type":"address","indexed":false}]},
] as const;
