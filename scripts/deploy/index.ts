export { type DeployOptions, deploy, plan, type StepReport } from './deploy.ts';
export { NETWORKS } from './networks.ts';
export { PreflightError, staleFeeds } from './preflight.ts';
export type { Deployment } from './record.ts';
