import { openFleet } from './ships.ts';

/** A program that takes one message, says so on standard output, and never finishes it. Arguments: url, fleet. */
const [url = '', fleet = ''] = process.argv.slice(2);
openFleet({ url, fleet }).consumer({
  'ship.dock': () => {
    process.stdout.write('handling\n');
    return new Promise(() => undefined);
  },
});
