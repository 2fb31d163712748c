import { createRequire } from 'node:module';
import { defineConfig } from 'hardhat/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  solidity: {
    // The compiler comes from npm, so that a build needs no download.
    compilers: [
      {
        version: '0.8.37',
        path: require.resolve('solc/soljson.js'),
        settings: {
          evmVersion: 'cancun',
          // its hash would say what else was compiled in the same run, and move every CREATE2 address
          metadata: { bytecodeHash: 'none' },
          optimizer: { enabled: true, runs: 1000 },
          outputSelection: { '*': { '*': ['storageLayout'] } },
        },
      },
    ],
  },
  paths: {
    sources: './contracts',
    tests: { solidity: './test/contracts' },
    artifacts: './artifacts',
    cache: './cache',
  },
  test: {
    solidity: {
      fuzz: { runs: 256, seed: '0xe0a0' },
      invariant: { runs: 64, depth: 64, failOnRevert: false },
    },
  },
});
