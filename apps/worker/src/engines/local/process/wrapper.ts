/** The instance's lock is held by another process. */
export const exitLocked = 75;
/** The permit was withdrawn before the bot began. */
export const exitWithoutPermit = 76;

/**
 * Runs one bot: `sh -c <script> <name> <runs folder> <run id> <command>`. `flock`, which becomes this shell, holds the instance's lock, and the
 * bot inherits it. The permit is read under the lock: whoever withdraws the permit first and then finds the lock free knows that nothing
 * will start any more. It writes its own pid and start time before the bot, and the exit code after it. Nothing but the bot is
 * another program before it begins: each would make the bot late.
 *
 * A signal to all processes ends none of the shells before the bot is gone: the exit code is the bot's, and a list of commands
 * does not go on to its next one. What the outer shell itself has to say (`Terminated`, `Killed`) is not the bot's output.
 */
export const wrapperScript = `runs=$1 id=$2 command=$3
{ read -r permit <"$runs/permit"; } 2>/dev/null
[ "$permit" = "$id" ] || exit ${exitWithoutPermit}
trap : TERM INT HUP
ulimit -c 0
read -r stat <"/proc/$$/stat"
set -- \${stat##*) }
echo "$$ \${20}" >"$runs/$id.pid"
set --
exec 9>&2 2>/dev/null
(trap 'exit $?' TERM INT HUP; exec 2>&9 9>&-; eval "$command")
code=$?
echo "$code" >"$runs/$id.exit.new" && mv "$runs/$id.exit.new" "$runs/$id.exit"
exit "$code"
`;

const plainWords = /^[\w@%+:,./-]+(?: [\w@%+=:,./-]+)*$/;

/** What the wrapper runs: a command of plain words takes the shell's place, so that no shell stands between. */
export const wrappedCommand = (command: string): string => (plainWords.test(command) ? `exec ${command}` : command);
