/** Key of the process's logger for injection. */
export const LOGGER = Symbol('logger');
