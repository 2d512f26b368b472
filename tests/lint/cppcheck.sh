#!/bin/bash
# cppcheck.sh COMPILE_COMMANDS CPPCHECK
set -euo pipefail

cache=$(dirname "$1")/cppcheck
mkdir -p "$cache"
exec "$2" --quiet --enable=warning,portability,performance --error-exitcode=1 --inline-suppr \
    --suppress=missingIncludeSystem --suppress=unmatchedSuppression \
    --cppcheck-build-dir="$cache" -j "$(nproc)" --project="$1"
