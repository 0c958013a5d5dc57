export { createLive } from './live.ts';
export { liveOperations } from './operations.ts';
export { liveRoutes } from './routes.ts';
