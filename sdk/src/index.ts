export * from './price/index.ts';
export * from './reserve/bar-list.ts';
export * from './reserve/weight-list.ts';
export * from './units.ts';
