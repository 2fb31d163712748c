// Stands in for wallet SDKs that this dApp does not offer (see "overrides" in the root package.json).
const unavailable = () => {
  throw new Error('This wallet connector is not part of this build');
};
export default unavailable;
export const RpcSchema = {};
export const z = {};
export {
  unavailable as createBaseAccountSDK,
  unavailable as createCoinbaseWalletSDK,
  unavailable as EthereumProvider,
  unavailable as GeminiWalletProvider,
  unavailable as Porto,
  unavailable as SafeAppProvider,
};
