export { PushModule } from './push.module.ts';
export { PushWork } from './push-work.ts';
