import type { ObjectTypes } from '@belltower/stix';
import { extendTypes } from '@belltower/stix';
import { telecomShapes } from './telecom-shapes.ts';

/** STIX 2.1 with the types of telecom: what `validateObject`, `checkPattern` and `deterministicId` have to be given to know them. */
export const telecomTypes: ObjectTypes = extendTypes(telecomShapes);
