# Settings and small functions that deploy/run and deploy/test share. Sourced by bash, never run.
set -euo pipefail
export LC_ALL=C.UTF-8

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
SUCHARIT_BUILD=$(realpath -m -- "${SUCHARIT_BUILD:-$ROOT/build}")
SUCHARIT_DIR=$(realpath -m -- "${SUCHARIT_DIR:-$ROOT/var}")
SUCHARIT_CREDENTIAL=$(realpath -m -- "${SUCHARIT_CREDENTIAL:-$SUCHARIT_DIR.key}")
SUCHARIT_REPORTER_PORT=${SUCHARIT_REPORTER_PORT:-8443}
SUCHARIT_OFFICER_PORT=${SUCHARIT_OFFICER_PORT:-8444}

say() { printf '%s\n' "$*" >&2; }

# refuse SENTENCE: the one sentence a person needs, and a failing status.
refuse() {
    say "sucharit: $*"
    exit 1
}

# need_root WHAT: refuses early where neither root nor sudo is to be had; sudo may ask on a terminal only.
need_root() {
    [ "$(id -u)" = 0 ] && return
    command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; } ||
        refuse "root or a user with sudo must first install these packages: $1"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -- "$@"; fi
}

# help_asked [ARGUMENT...]: prints the comment at the head of the command when -h or --help is among the arguments.
help_asked() {
    local argument
    for argument; do
        case "$argument" in
            -h | --help)
                sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
                return 0
                ;;
        esac
    done
    return 1
}

check_settings() {
    local port
    for port in "$SUCHARIT_REPORTER_PORT" "$SUCHARIT_OFFICER_PORT"; do
        [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && [ "$port" -le 65535 ] || refuse "a port is a number from 1 to 65535, not \"$port\"."
    done
    [ "$SUCHARIT_REPORTER_PORT" != "$SUCHARIT_OFFICER_PORT" ] ||
        refuse "reporters and officers need two different ports, not $SUCHARIT_OFFICER_PORT twice."
    case "$SUCHARIT_CREDENTIAL/" in
        "$SUCHARIT_DIR"/*) refuse "the instance key may not lie inside the data folder: a copy of the folder would hold its own key." ;;
    esac
}
