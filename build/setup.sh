# Makes the checkout ready to run; sourced by build/briefs and build/test, which have `set -eu`.
# Exit code 4 means "this machine is not ready", so that it is never taken for an answer of handbill (0 to 3).

CDPATH='' cd -- "$(dirname -- "$0")/.."

# What WeasyPrint opens when it is imported: the Debian package, the name on Linux, the name on macOS.
libraries='
libpango-1.0-0        libgobject-2.0.so.0       libgobject-2.0.0.dylib
libpango-1.0-0        libpango-1.0.so.0         libpango-1.0.dylib
libpangoft2-1.0-0     libpangoft2-1.0.so.0      libpangoft2-1.0.dylib
libharfbuzz0b         libharfbuzz.so.0          libharfbuzz.0.dylib
libharfbuzz-subset0   libharfbuzz-subset.so.0   libharfbuzz-subset.0.dylib
libfontconfig1        libfontconfig.so.1        libfontconfig.1.dylib
'

say() { printf 'handbill: %s\n' "$*" >&2; }

stop() {
    say "$@"
    exit 4
}

# Prints the first Python that can make a virtual environment for us.
find_python() {
    set -- python3.14 python3.13 python3.12 python3.11 python3
    [ -z "${HANDBILL_PYTHON:-}" ] || set -- "$HANDBILL_PYTHON"
    for candidate; do
        if "$candidate" -I -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

# Prints the packages of the libraries that $python cannot open. Asking the loader works on every distribution.
missing_libraries() {
    "$python" -I -c '
import ctypes, sys
for line in sys.argv[1].strip().splitlines():
    package, linux, macos = line.split()
    try:
        ctypes.CDLL(macos if sys.platform == "darwin" else linux)
    except OSError:
        print(package)
' "$libraries" | sort -u
}

# Installs Debian packages, or says no when that would need a password.
apt_install() {
    if [ "$(id -u)" -eq 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo='sudo -n'
    else
        return 1
    fi
    say "installing $*"
    # A broken third-party source must not stop us: the installation itself is the judge.
    $sudo apt-get update -qq </dev/null >&2 || true
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
}

# Installs the packages that $1 names, or ends with the one command that does.
require_system() {
    # shellcheck disable=SC2086 # a list of packages is meant
    set -- $1
    packages=$*
    if command -v apt-get >/dev/null; then
        apt_install "$@" || stop "something is missing on this machine; install it, then run this again:
    sudo apt-get install -y --no-install-recommends $packages"
    elif [ "$(uname -s)" = Darwin ]; then
        stop "something is missing on this machine; install it, then run this again:
    brew install python pango"
    else
        stop "this machine lacks what these Debian packages hold; install their like, then run this again:
    $packages"
    fi
}

system_set_up() {
    # Homebrew's folder is not where every Python on a Mac looks.
    if [ "$(uname -s)" = Darwin ] && command -v brew >/dev/null; then
        export DYLD_FALLBACK_LIBRARY_PATH="$(brew --prefix)/lib:${DYLD_FALLBACK_LIBRARY_PATH:-/usr/local/lib:/usr/lib}"
    fi
    if ! python=$(find_python); then
        [ -z "${HANDBILL_PYTHON:-}" ] || stop "$HANDBILL_PYTHON (HANDBILL_PYTHON) is not Python 3.11 or newer with venv"
        # Without Python nobody can ask the loader, so the command names every library.
        require_system "python3 python3-venv $(echo "$libraries" | awk 'NF { print $1 }' | sort -u)"
        python=$(find_python) || stop "this system's Python is too old: install Python 3.11 or newer with venv," \
            "and name it in HANDBILL_PYTHON if it is not on the PATH"
    fi
    missing=$(missing_libraries)
    if [ -n "$missing" ]; then
        require_system "$missing"
        missing=$(missing_libraries)
        [ -z "$missing" ] || stop "$python still cannot open" $missing
    fi
}

# Prints what an environment with lock file $1 depends on. The place is part of it: scripts in .venv hold absolute paths.
fingerprint() {
    "${HANDBILL_PYTHON:-.venv/bin/python}" -I -c '
import hashlib, os, pathlib, sys
parts = [sys.version, sys.base_prefix, os.getcwd()]
parts += [pathlib.Path(name).read_text("utf-8") for name in ("pyproject.toml", sys.argv[1])]
print(hashlib.sha256("\0".join(parts).encode()).hexdigest())
' "$1" 2>/dev/null
}

is_installed() {
    stamp=.venv/${1##*/}.stamp
    [ -s "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$1")" ]
}

# The stamp comes last: an installation that was cut short has none, and the next run heals it.
write_stamp() {
    fingerprint "$1" >".venv/${1##*/}.stamp"
}

pip_install() {
    # Wheels only: building one would run code that no hash covers.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps "$@" </dev/null >&2 ||
        stop "the Python packages could not be installed; the reason stands above, and a new run starts afresh"
}

python_set_up() {
    # Two runs at once must not write into one .venv. The shell holds the lock on this folder until it closes it.
    exec 9<.
    "$python" -I -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'

    if ! is_installed build/requirements.lock; then
        say "installing the Python packages into .venv, once; this takes about a minute"
        rm -rf .venv
        "$python" -I -m venv .venv >&2 || stop "$python could not make the virtual environment .venv"
        pip_install --require-hashes --only-binary :all: -r build/requirements.lock
        pip_install --no-index --no-build-isolation --editable .
        write_stamp build/requirements.lock
    fi
    for lock in "$@"; do
        if ! is_installed "$lock"; then
            say "installing what $lock names into .venv, once"
            pip_install --require-hashes --only-binary :all: -r "$lock"
            write_stamp "$lock"
        fi
    done

    exec 9<&-
}
