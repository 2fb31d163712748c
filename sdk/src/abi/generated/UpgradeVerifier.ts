// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const upgradeVerifierAbi = [
  {"type":"function","name":"snapshot","inputs":[{"name":"proxy","type":"address"},{"name":"accounts","type":"address[]"},{"name":"holders","type":"tuple[]","components":[{"name":"role","type":"uint64"},{"name":"account","type":"address"}]}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"verify","inputs":[{"name":"proxy","type":"address"},{"name":"accounts","type":"address[]"},{"name":"holders","type":"tuple[]","components":[{"name":"role","type":"uint64"},{"name":"account","type":"address"}]}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"event","name":"UpgradeVerified","inputs":[{"name":"caller","type":"address","indexed":true},{"name":"proxy","type":"address","indexed":true},{"name":"fields","type":"uint256","indexed":false}]},
  {"type":"error","name":"NotAContract","inputs":[{"name":"proxy","type":"address"}]},
  {"type":"error","name":"SnapshotMissing","inputs":[{"name":"caller","type":"address"},{"name":"proxy","type":"address"}]},
  {"type":"error","name":"StateChanged","inputs":[{"name":"proxy","type":"address"},{"name":"what","type":"string"},{"name":"before","type":"bytes32"},{"name":"afterwards","type":"bytes32"}]},
] as const;
