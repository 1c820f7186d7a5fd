export { LiveModule } from './live.module.ts';
export { LiveServer } from './live-server.ts';
