#!/bin/bash
# cppcheck.sh COMPILE_COMMANDS CPPCHECK
set -euo pipefail

cache=$(dirname "$1")/cppcheck
mkdir -p "$cache"
# varFuncNullUB is about systems where NULL is a plain 0; POSIX has it a pointer. Of the compiler's
# own macros, cppcheck is told the processor's.
exec "$2" --quiet --enable=warning,portability,performance --error-exitcode=1 --inline-suppr \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression --suppress=varFuncNullUB \
    -D"__$(uname -m)__" --cppcheck-build-dir="$cache" -j "$(nproc)" --project="$1"
