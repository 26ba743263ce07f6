#!/bin/sh
# The tests of the stack in containers, from a checkout: brings up an engine where there is none and that is possible.
# Says [SKIP] and ends well where it is not; with --require it fails then.
#   TRACERL_BASE_IMAGE   base of all images (default: one that .ci/engine makes)
set -eu
cd "$(dirname -- "$0")/.."

if ! docker compose version >/dev/null 2>&1 || ! docker info >/dev/null 2>&1 || [ -z "${TRACERL_BASE_IMAGE:-}" ]; then
  if ! TRACERL_BASE_IMAGE=$(.ci/engine); then
    echo "[SKIP] container tests: there is no container engine"
    [ "${1:-}" != --require ]
    exit
  fi
  export TRACERL_BASE_IMAGE
fi
exec ./mvnw -B -ntp -Pcontainers -DskipTests -pl docker -am verify
