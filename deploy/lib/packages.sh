# Installs what deploy/debian/control lists, on Debian 12 and 13. Nothing is done when everything is there.
# A scope is "run" or "test" (which adds the packages marked <!nocheck>).

BACKPORTS_FILE=${BACKPORTS_FILE:-/etc/apt/sources.list.d/sucharit-backports.sources}
OS_RELEASE=${OS_RELEASE:-/etc/os-release}
LEAST_SODIUM=1.0.18-1+deb12u1
LEAST_SQLCIPHER=4.6

# wanted_packages SCOPE: one line for each dependency of the control file, "name[ >= version] | alternative…".
wanted_packages() {
    awk -v scope="$1" '
        /^#|^ *$/ { next }
        /^[^ ]/ { inside = /^Build-Depends:/; next }
        inside && (scope == "test" || !/<!nocheck>/) {
            gsub(/<!nocheck>|,|\(|\)/, ""); gsub(/^ +| +$/, ""); print
        }' "$ROOT/deploy/debian/control"
}

# missing_packages SCOPE: those lines of wanted_packages that nothing installed satisfies.
missing_packages() {
    local installed dependency alternative name least version
    declare -A have
    installed=$(dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Version}\t${Provides}\n' | sed -n 's/^installed\t//p')
    while IFS=$'\t' read -r name version provided; do
        have[$name]=$version
        for alternative in ${provided//,/ }; do # versions of what is provided do not occur among the names we ask for
            [[ $alternative =~ ^[a-z0-9] ]] && [ -z "${have[$alternative]:-}" ] && have[$alternative]=$version
        done
    done <<<"$installed"
    while IFS= read -r dependency; do
        local satisfied=no
        while IFS= read -r alternative; do
            read -r name _ least <<<"$alternative"
            version=${have[$name]:-}
            if [ -n "$version" ] && { [ -z "$least" ] || dpkg --compare-versions "$version" ge "$least"; }; then
                satisfied=yes
            fi
        done < <(sed 's/ *| */\n/g' <<<"$dependency")
        [ "$satisfied" = yes ] || printf '%s\n' "$dependency"
    done < <(wanted_packages "$1")
}

# newest_known NAME: the newest version in any suite apt knows; empty when there is none.
newest_known() {
    apt-cache madison "$1" | awk -F ' *\\| *' '{ print $2 }' | while IFS= read -r version; do
        if [ -z "${newest:-}" ] || dpkg --compare-versions "$version" gt "$newest"; then newest=$version; fi
        printf '%s\n' "$newest"
    done | tail -n 1
}

check_release() {
    local ID='' VERSION_ID='' PRETTY_NAME='this system'
    # shellcheck source=/dev/null
    if [ -r "$OS_RELEASE" ]; then . "$OS_RELEASE"; fi
    RELEASE="$ID $VERSION_ID"
    case "$RELEASE" in
        'debian 12' | 'debian 13') return ;;
    esac
    [ "${SUCHARIT_UNTESTED:-}" = 1 ] ||
        refuse "$PRETTY_NAME is untested: Debian 12 and 13 are supported; set SUCHARIT_UNTESTED=1 to go on at your own risk."
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
        refuse "$PRETTY_NAME has no apt: install what deploy/debian/control lists and build with CMake (see deploy/README.md)."
}

# The suite is added from the mirror this machine already takes Debian 12 from, so that no host is written down here.
add_backports() {
    local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(apt-get indextargets --format '$(CODENAME)|$(ORIGIN)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
        awk -F '|' '$1 == "bookworm" && $2 == "Debian" && $3 == "main" && $4 !~ /^(cdrom|file):/ { print $4; exit }')
    [ -n "$mirror" ] || refuse "no mirror of Debian 12 (bookworm, main) is configured in apt, so SQLCipher $LEAST_SQLCIPHER cannot be found."
    say "Adding bookworm-backports from this machine's mirror for SQLCipher $LEAST_SQLCIPHER ($BACKPORTS_FILE)"
    {
        printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\n' "$mirror"
        if [ -r "$keyring" ]; then printf 'Signed-By: %s\n' "$keyring"; fi
    } | as_root tee "$BACKPORTS_FILE" >/dev/null
}

apt_quietly() {
    as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -y -q -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null
}

update_lists() {
    apt_quietly update || refuse "the package lists could not be fetched: check the network and the apt sources, then repeat."
}

# refuse_old NAME LEAST REASON: nothing older than LEAST may be what apt offers or what is installed.
refuse_old() {
    local version
    version=$(dpkg-query -W -f '${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | sed -n 's/^installed //p' | head -n 1)
    if [ -z "$version" ] && command -v apt-cache >/dev/null; then version=$(newest_known "$1"); fi
    if [ -z "$version" ]; then refuse "the package $1 is not to be had here ($3)."; fi
    dpkg --compare-versions "$version" ge "$2" || refuse "$1 $version is too old, $2 is needed: $3."
}

refuse_old_libraries() {
    refuse_old libsodium23 "$LEAST_SODIUM" "earlier ones accept elliptic-curve points outside the main group (CVE-2025-69277)"
    refuse_old libsodium-dev "$LEAST_SODIUM" "it must match the library"
    refuse_old libsqlcipher-dev "$LEAST_SQLCIPHER" "earlier ones carry an SQLite with known holes"
}

# first_available DEPENDENCY: the name of the first alternative that apt knows.
first_available() {
    local alternative name
    while IFS= read -r alternative; do
        name=${alternative%% *}
        if [ -n "$(newest_known "$name")" ]; then
            printf '%s\n' "$name"
            return
        fi
    done < <(sed 's/ *| */\n/g' <<<"$1")
    refuse "none of these packages is to be had from this machine's apt sources: $1."
}

install_packages() { # SCOPE
    local missing name names=()
    check_release
    missing=$(missing_packages "$1")
    if [ -n "$missing" ]; then
        need_root "$(paste -sd, <<<"$missing" | sed 's/,/, /g')"
        update_lists
        if grep -q '^libsqlcipher-dev ' <<<"$missing"; then install_sqlcipher; fi
        while IFS= read -r dependency; do
            name=$(first_available "$dependency")
            [ "$name" = libsqlcipher-dev ] || names+=("$name")
        done <<<"$missing"
        if [ ${#names[@]} -gt 0 ]; then install_by_name "${names[@]}"; fi
        missing=$(missing_packages "$1")
    fi
    refuse_old_libraries
    [ -z "$missing" ] || refuse "these packages are still missing or too old: $(tr '\n' ';' <<<"$missing")"
}

install_by_name() {
    say "Installing $*"
    apt_quietly install --no-install-recommends "$@" || {
        refuse_old_libraries
        refuse "apt could not install the packages; its own message stands above."
    }
}

install_sqlcipher() {
    local suite=()
    if [ "$RELEASE" = 'debian 12' ]; then
        if ! dpkg --compare-versions "$(newest_known libsqlcipher-dev)" ge "$LEAST_SQLCIPHER"; then
            add_backports
            update_lists
        fi
        # apt takes nothing from backports unless it is told to.
        suite=(-t bookworm-backports)
    fi
    install_by_name "${suite[@]}" libsqlcipher-dev
}
