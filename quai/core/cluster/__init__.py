"""The house's PostgreSQL, made, started and stopped by us: nothing to install, nothing to administer.

Owns: the cluster of a home (made whole or not at all), its server, its OS user, its passwords, its settings
for the machine, and the keeper that stops the server when its last user ends; the way to an external server
instead.
Always true: never as root; passwords everywhere, loopback only; checksums on; one server and one keeper to
a home, any number of homes on a machine; whatever is killed, the next command puts things right.
Does not own: what is in the database (migrations, grants), or its backups.
"""

from .elsewhere import external
from .installation import binaries
from .types import ClusterError, Connection, Kind, Server, Status
from .using import destroy, release, status, stop, superuser, use

__all__ = [
    "ClusterError",
    "Connection",
    "Kind",
    "Server",
    "Status",
    "binaries",
    "destroy",
    "external",
    "release",
    "status",
    "stop",
    "superuser",
    "use",
]
