# Read by backup.sh and restore.sh: which database the settings name.
#
# Sets KIND (postgresql or sqlite); for SQLite FILE, for PostgreSQL the variables pg_dump and pg_restore read, so that no
# password stands among a command's arguments, where every user of the machine would see it.

PYTHON="${JALON_PYTHON:-python3}"

eval "$("$PYTHON" - <<'PYTHON'
import os
import shlex
from pathlib import Path

from sqlalchemy import make_url

data_dir = Path(os.environ.get("JALON_DATA_DIR") or "data")
url = make_url(os.environ.get("JALON_DATABASE_URL") or f"sqlite+aiosqlite:///{data_dir / 'jalon.db'}")
settings = {"KIND": url.get_backend_name()}
if settings["KIND"] == "sqlite":
    settings["FILE"] = url.database
else:
    host = url.query.get("host", url.host)
    known = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
    settings |= {"PGDATABASE": url.database, **known, "PGSSLMODE": url.query.get("sslmode")}
for name, value in settings.items():
    if value:
        print(f"export {name}={shlex.quote(str(value))}")
PYTHON
)"
: "${KIND:?la base de données des réglages ne se lit pas}"
