export type { Live } from './live.ts';
export { createLive } from './live.ts';
export { liveRoutes } from './routes.ts';
