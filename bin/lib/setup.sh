# Sourced by the scripts of bin/, which set `root`. Gives `venv`, and `prepare`, quick when there is nothing to do.

venv=${QUAI_VENV:-$root/.venv}
unset PYTHONHOME VIRTUAL_ENV
PYTHONPATH=$root
export PYTHONPATH

# Have everything installed that the lock file names. $1: run | dev (the tools of those who change Quai, too).
prepare() {
    key=$(cat "$root/pyproject.toml" "$root/uv.lock" "$root/bin/lib/setup.py" | cksum)
    found=
    if [ -f "$venv/quai-$1.stamp" ]; then read -r found <"$venv/quai-$1.stamp" || :; fi
    if [ "$found" = "$key" ] && [ -x "$venv/bin/python" ]; then return; fi
    _find_python
    "$python" -P "$root/bin/lib/setup.py" "$root" "$venv" "$1" "$key" </dev/null >&2 || exit $?
}

_find_python() {
    for python in python3.11 python3.12 python3.13 python3.14 python3; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then return; fi
    done
    {
        echo "Quai a besoin de Python 3.11 ou plus récent, et n'en trouve pas (Debian, Ubuntu : apt install python3)."
        echo "Quai needs Python 3.11 or newer and found none."
    } >&2
    exit 1
}
