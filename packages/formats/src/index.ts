export { type Extraction, type ExtractOptions, extract } from './text/extract.ts';
export type { Found, FoundKind, FoundPlace, GeneralKind } from './text/found.ts';
export { refang } from './text/refang.ts';
