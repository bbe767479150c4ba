# Configures and builds into SUCHARIT_BUILD. Ninja itself knows what is already done.

# One compiler needs up to about 1.5 GB (Boost.Beast): a small machine builds one file at a time instead of dying.
build_jobs() {
    local processors memory_kb jobs
    processors=$(nproc)
    memory_kb=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
    jobs=$((memory_kb / 1500000))
    if [ "$jobs" -gt "$processors" ]; then jobs=$processors; fi
    if [ "$jobs" -lt 1 ]; then jobs=1; fi
    printf '%s\n' "$jobs"
}

# configure OPTION...: only when the folder is new or an option differs; otherwise Ninja runs CMake when a list changes.
configure() {
    local option known=$SUCHARIT_BUILD/CMakeCache.txt fresh=yes
    if [ -f "$SUCHARIT_BUILD/build.ninja" ]; then
        fresh=no
        for option in "$@"; do
            grep -q "^$(sed 's/^-D//; s/=/:[A-Z]*=/' <<<"$option")\$" "$known" || fresh=yes
        done
    fi
    [ "$fresh" = no ] && return
    say "Configuring in $SUCHARIT_BUILD"
    (cd "$ROOT" && cmake --preset release -B "$SUCHARIT_BUILD" "$@") >&2 ||
        refuse "CMake could not configure the build; its own message stands above."
}

build() {
    ninja -C "$SUCHARIT_BUILD" -j "$(build_jobs)" "$@" >&2 || refuse "the build failed; the compiler's own message stands above."
}
