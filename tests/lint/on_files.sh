#!/bin/bash
# on_files.sh PATTERN... -- COMMAND...: run the command on all files of the project that match.
# In a git clone the tracked files and new ones that are not ignored; elsewhere all but build trees.
set -euo pipefail

patterns=()
while [ "$1" != "--" ]; do
    patterns+=("$1")
    shift
done
shift

list_files() {
    # A build as root in a user's clone is no reason for git to refuse to list files.
    if [ -e .git ]; then
        git -c safe.directory='*' ls-files -z --cached --others --exclude-standard -- "${patterns[@]}"
        return
    fi
    local match=(-false) pattern
    for pattern in "${patterns[@]}"; do
        match+=(-o -path "./$pattern" -o -path "./*/$pattern")
    done
    find . -path './build*' -prune -o -type f \( "${match[@]}" \) -print0
}

mapfile -d '' -t found < <(list_files)
files=()
for file in "${found[@]}"; do
    # Tracked, but removed from the work tree.
    [ ! -f "$file" ] || files+=("$file")
done
if [ "${#files[@]}" -eq 0 ]; then
    echo "no file matches ${patterns[*]}" >&2
    exit 1
fi
echo "${#files[@]} files"
exec "$@" "${files[@]}"
