export const PRODUCTS_PATH = '/v1/redemptions/products';
