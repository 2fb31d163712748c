import type { CreateConnectorFn } from 'wagmi';
import type { DevelopmentWallet } from '.';

/** Stands in for the development wallet in builds that have none. */
export const DEVELOPMENT_CONNECTOR_ID = '';
export const developmentConnectors = (): CreateConnectorFn[] => [];
export const developmentWallet: DevelopmentWallet | null = null;
