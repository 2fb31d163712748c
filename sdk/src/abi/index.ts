// Written by scripts/generate-sdk.ts from the compiled contracts. Do not edit.

export * from './generated/AggregatorV3.ts';
export * from './generated/AurumAccessManager.ts';
export * from './generated/Erc20.ts';
export * from './generated/errors.ts';
export * from './generated/GoldDesk.ts';
export * from './generated/GoldReserve.ts';
export * from './generated/GoldToken.ts';
export * from './generated/GoldTokenV2.ts';
export * from './generated/InvestorRegistry.ts';
export * from './generated/MultiSendCallOnly.ts';
export * from './generated/PriceOracle.ts';
export * from './generated/RedemptionDesk.ts';
export * from './generated/Safe.ts';
export * from './generated/SafeGuard.ts';
export * from './generated/SafeProxyFactory.ts';
export * from './generated/SafeSetup.ts';
export * from './generated/SignedPriceFeed.ts';
export * from './generated/StakedGold.ts';
export * from './generated/UpgradeVerifier.ts';
