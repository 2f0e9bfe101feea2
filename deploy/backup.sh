#!/usr/bin/env bash
# Save the database while Jalon runs: `backup.sh FOLDER`, with Jalon's settings in the environment.
#
# One consistent moment of the whole database, in one file named after it. The secret key is not in it, on purpose: keep a
# copy of it elsewhere. JALON_BACKUPS_KEPT files are kept (30 unless told), the oldest go.
set -euo pipefail
umask 077

folder="${1:?usage : backup.sh DOSSIER}"
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=database.sh
source "$here/database.sh"

mkdir -p "$folder"
moment="$(date -u +%Y%m%dT%H%M%SZ)"
unfinished="$folder/.jalon-$moment.$$"
trap 'rm -f "$unfinished"' EXIT

if [ "$KIND" = postgresql ]; then
    file="$folder/jalon-$moment.pgdump"
    pg_dump --format=custom --no-owner --no-privileges --file="$unfinished"
    pg_restore --list "$unfinished" >/dev/null # readable to its end
else
    [ -e "$FILE" ] || { echo "Le fichier $FILE n'existe pas : rien à sauvegarder." >&2; exit 1; }
    file="$folder/jalon-$moment.sqlite"
    "$PYTHON" - "$FILE" "$unfinished" <<'PYTHON'
import sqlite3
import sys
from contextlib import closing

source, copy = sys.argv[1:]
with closing(sqlite3.connect(source, timeout=30)) as live:
    # It reads one moment of the database, however much is written meanwhile.
    live.execute("VACUUM INTO ?", (copy,))
with closing(sqlite3.connect(copy)) as saved:
    (verdict,) = saved.execute("PRAGMA integrity_check").fetchone()
sys.exit(0 if verdict == "ok" else f"copie abîmée : {verdict}")
PYTHON
fi
sync "$unfinished"
mv "$unfinished" "$file"
echo "$file"

find "$folder" -maxdepth 1 -name 'jalon-*Z.*' -type f | sort -r | tail -n "+$((${JALON_BACKUPS_KEPT:-30} + 1))" | xargs -r rm -f
