/** The columns of a row: tick, state, name, memory, activity, last deployment, menu. On phones the name takes all. */
export const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 sm:grid-cols-[1rem_7.5rem_minmax(0,1fr)_auto] sm:px-5 lg:grid-cols-[1rem_7.5rem_minmax(0,5fr)_9rem_6rem_minmax(0,4fr)_2.25rem]';
