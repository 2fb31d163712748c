export * from './market-hours.ts';
export * from './median.ts';
export * from './report.ts';
