#!/usr/bin/env bash
# Put a backup into an empty database: `restore.sh FILE`, with Jalon's settings in the environment, Jalon stopped.
#
# A database that holds anything is refused: nothing is ever overwritten. Afterwards: `jalon migrate`, `jalon doctor`.
set -euo pipefail

saved="${1:?usage : restore.sh FICHIER}"
here="$(cd "$(dirname "$0")" && pwd)"
# shellcheck source=database.sh
source "$here/database.sh"

[ -r "$saved" ] || { echo "Le fichier $saved ne se lit pas." >&2; exit 1; }

if [ "$KIND" = postgresql ]; then
    tables="$(psql --no-psqlrc --tuples-only --no-align \
        --command="SELECT count(*) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')")"
    [ "$tables" = 0 ] || { echo "La base n'est pas vide : restaurez dans une base neuve." >&2; exit 1; }
    pg_restore --dbname="$PGDATABASE" --no-owner --no-privileges --exit-on-error --single-transaction "$saved"
else
    [ ! -e "$FILE" ] || { echo "Le fichier $FILE existe déjà : restaurez dans un dossier neuf." >&2; exit 1; }
    mkdir -p "$(dirname "$FILE")"
    unfinished="$FILE.restauration.$$"
    trap 'rm -f "$unfinished"' EXIT
    (umask 077 && cp "$saved" "$unfinished")
    sync "$unfinished"
    mv "$unfinished" "$FILE"
fi
echo "Restauré. Lancez « jalon migrate », puis « jalon doctor »."
