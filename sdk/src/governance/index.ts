export * from './builds.ts';
export * from './layout.ts';
export * from './safe.ts';
