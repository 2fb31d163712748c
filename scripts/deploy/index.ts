export { drawBlueprint } from './blueprint.ts';
export { checkGovernance } from './check.ts';
export { type DeployOptions, deploy, plan, type StepReport } from './deploy.ts';
export { NETWORKS } from './networks.ts';
export { PreflightError, preflight, staleFeeds } from './preflight.ts';
export type { Deployment } from './record.ts';
