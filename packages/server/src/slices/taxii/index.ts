export { taxii0001 } from './migrations/0001-taxii.ts';
export { taxii0002 } from './migrations/0002-status-of-organisation.ts';
export { createTaxii } from './taxii.ts';
