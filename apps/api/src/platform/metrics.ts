/** Key of the process's metrics registry for injection. */
export const METRICS = Symbol('metrics');
