/** The shapes of the REST interface: the API validates with them and makes OpenAPI from them, the pages take their types. */
export * from './account.ts';
export * from './common.ts';
export * from './gold.ts';
export * from './market.ts';
export * from './treasury.ts';
