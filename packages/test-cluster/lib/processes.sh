# The cluster's processes: each runs in a session of its own, and its command line is kept in RUN_DIR/cmd/NAME (arguments
# that end in NUL, as in /proc/PID/cmdline), so that it is known again and can be started exactly as before.
# Sourced; expects $run.

alive() { # alive NAME: whether the process of that name runs; a stale number or a zombie does not count
  [[ -f $run/pid/$1 && -f $run/cmd/$1 ]] && cmp -s "$run/cmd/$1" <(cat "/proc/$(<"$run/pid/$1")/cmdline" 2>/dev/null)
}

launch() { # launch NAME: starts it with the command line that is kept
  local name=$1 arguments deadline=$((SECONDS + 30))
  mapfile -d '' arguments <"$run/cmd/$name"
  OTEL_TRACES_EXPORTER=none setsid "${arguments[@]}" >>"$run/log/$name.log" 2>&1 </dev/null &
  local pid=$!
  echo "$pid" >"$run/pid/$name"
  until alive "$name"; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS >= deadline)); then
      echo "$name did not start; see $run/log/$name.log" >&2
      return 1
    fi
    sleep 0.01
  done
}

start() { # start NAME COMMAND...: unless it runs already
  local name=$1
  shift
  if alive "$name"; then return; fi
  printf '%s\0' "$@" >"$run/cmd/$name"
  launch "$name"
}

end() { # end NAME SIGNAL: with its process group, and waits until it is gone; what has not heeded it after 10 s is killed
  local name=$1 signal deadline
  for signal in "$2" KILL; do
    if ! alive "$name"; then return; fi
    kill "-$signal" -- "-$(<"$run/pid/$name")" 2>/dev/null || true
    deadline=$((SECONDS + 10))
    while alive "$name" && ((SECONDS < deadline)); do sleep 0.05; done
  done
}

wait_for() { # wait_for WHAT COMMAND...: three minutes at most, for a busy machine
  local what=$1 deadline=$((SECONDS + 180))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || {
      echo "$what did not come up; see $run/log" >&2
      exit 1
    }
    sleep 0.2
  done
}
