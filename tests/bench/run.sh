#!/bin/bash
# run.sh [BUILD] [--quick] [--rounds N] [--only WORDS]: measure lua-authzd of a build tree beside
# the floor, and print the table of ratios. Nothing that it starts outlives it.
set -euo pipefail

exec python3 "$(dirname "$0")/table.py" "$@"
