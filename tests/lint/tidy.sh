#!/bin/bash
# tidy.sh COMPILE_COMMANDS CLANG_TIDY [FILE]: check FILE, or every file that the commands name, a
# few at a time.
set -euo pipefail

if [ $# -eq 2 ]; then
    sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$1" | xargs -P "$(nproc)" -n 1 "$0" "$@"
    exit
fi
# The sources are compiled by gcc: clang need not know each of its warnings. What clang-tidy says
# when all is well is only how many findings in system headers it left out.
out=$("$2" -p "$(dirname "$1")" --quiet --extra-arg=-Wno-unknown-warning-option "$3" 2>&1) || {
    printf '%s\n' "$out"
    exit 1
}
