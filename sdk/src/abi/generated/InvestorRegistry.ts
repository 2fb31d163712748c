// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export const investorRegistryAbi = [
  {"type":"function","name":"isEligible","inputs":[{"name":"account","type":"address"}],"outputs":[{"name":"","type":"bool"}],"stateMutability":"view"},
  {"type":"function","name":"present","inputs":[{"name":"attestation","type":"tuple","components":[{"name":"account","type":"address"},{"name":"tier","type":"uint8"},{"name":"expiry","type":"uint48"},{"name":"issuedAt","type":"uint48"}]},{"name":"signer","type":"address"},{"name":"signature","type":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"revoke","inputs":[{"name":"account","type":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"setStatus","inputs":[{"name":"account","type":"address"},{"name":"tier","type":"uint8"},{"name":"expiry","type":"uint48"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"statusOf","inputs":[{"name":"account","type":"address"}],"outputs":[{"name":"","type":"tuple","components":[{"name":"tier","type":"uint8"},{"name":"expiry","type":"uint48"},{"name":"revoked","type":"bool"},{"name":"updatedAt","type":"uint48"}]}],"stateMutability":"view"},
  {"type":"event","name":"StatusRevoked","inputs":[{"name":"account","type":"address","indexed":true},{"name":"by","type":"address","indexed":true}]},
  {"type":"event","name":"StatusSet","inputs":[{"name":"account","type":"address","indexed":true},{"name":"tier","type":"uint8","indexed":false},{"name":"expiry","type":"uint48","indexed":false},{"name":"by","type":"address","indexed":true}]},
  {"type":"error","name":"AccessManagerAlreadyScheduled","inputs":[{"name":"operationId","type":"bytes32"}]},
  {"type":"error","name":"AccessManagerBadConfirmation","inputs":[]},
  {"type":"error","name":"AccessManagerExpired","inputs":[{"name":"operationId","type":"bytes32"}]},
  {"type":"error","name":"AccessManagerInvalidInitialAdmin","inputs":[{"name":"initialAdmin","type":"address"}]},
  {"type":"error","name":"AccessManagerLockedFunction","inputs":[{"name":"selector","type":"bytes4"}]},
  {"type":"error","name":"AccessManagerLockedRole","inputs":[{"name":"roleId","type":"uint64"}]},
  {"type":"error","name":"AccessManagerNotReady","inputs":[{"name":"operationId","type":"bytes32"}]},
  {"type":"error","name":"AccessManagerNotScheduled","inputs":[{"name":"operationId","type":"bytes32"}]},
  {"type":"error","name":"AccessManagerUnauthorizedAccount","inputs":[{"name":"msgsender","type":"address"},{"name":"roleId","type":"uint64"}]},
  {"type":"error","name":"AccessManagerUnauthorizedCall","inputs":[{"name":"caller","type":"address"},{"name":"target","type":"address"},{"name":"selector","type":"bytes4"}]},
  {"type":"error","name":"AccessManagerUnauthorizedCancel","inputs":[{"name":"msgsender","type":"address"},{"name":"caller","type":"address"},{"name":"target","type":"address"},{"name":"selector","type":"bytes4"}]},
  {"type":"error","name":"AccessManagerUnauthorizedConsume","inputs":[{"name":"target","type":"address"}]},
  {"type":"error","name":"AddressEmptyCode","inputs":[{"name":"target","type":"address"}]},
  {"type":"error","name":"ConflictingRoles","inputs":[{"name":"account","type":"address"},{"name":"held","type":"uint64"},{"name":"asked","type":"uint64"}]},
  {"type":"error","name":"FailedCall","inputs":[]},
  {"type":"error","name":"InsufficientBalance","inputs":[{"name":"balance","type":"uint256"},{"name":"needed","type":"uint256"}]},
  {"type":"error","name":"RoleNotHot","inputs":[{"name":"role","type":"uint64"}]},
  {"type":"error","name":"SafeCastOverflowedUintDowncast","inputs":[{"name":"bits","type":"uint8"},{"name":"value","type":"uint256"}]},
] as const;

/** Function selectors, for the role table. */
export const investorRegistrySelectors = {
  isEligible: '0x66e305fd',
  present: '0x06cccd07',
  revoke: '0x74a8f103',
  setStatus: '0x9db12f95',
  statusOf: '0x97a5d5b5',
} as const;
