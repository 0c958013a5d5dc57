export { taxii0001 } from './migrations/0001-taxii.ts';
export { createTaxii } from './taxii.ts';
