#!/usr/bin/env python3
"""The reporter face cannot open slots, bodies or files: none of its archives, nor anything they need, asks the linker
for a function that only an officer archive has. Stronger than the include rule: it judges what was compiled.

usage: reporter_link.py BUILD
"""
import pathlib
import re
import subprocess

import tree


def symbols(archive):
    """({defined}, {undefined}); weak ones (templates and inline functions, emitted wherever used) are neither."""
    listed = subprocess.run(["nm", "--format=posix", archive], check=True, capture_output=True, text=True).stdout
    defined, undefined = set(), set()
    for name, kind in re.findall(r"^(\S+) ([A-Za-z])\b", listed, re.M):
        if kind in "TDBR":
            defined.add(name)
        elif kind == "U":
            undefined.add(name)
    return defined, undefined


def check(build):
    archives = {path.name: symbols(str(path)) for path in pathlib.Path(build).glob("lib*.a")}
    reporters = [name for name in archives if name.endswith("_reporter.a")]
    officers = [name for name in archives if name.endswith("_officer.a")]
    if not reporters or not officers:
        return [f"{build}: no reporter or no officer archive is built"]
    source = {symbol: name for name, (defined, _) in archives.items() for symbol in defined}
    for name in officers:
        source.update((symbol, name) for symbol in archives[name][0])
    faults, seen, queue = [], set(), [(name, name) for name in reporters]
    while queue:
        name, way = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        for symbol in sorted(archives[name][1]):
            needed = source.get(symbol)
            if needed in officers:
                faults.append(f"{way} needs {symbol} of {needed}")
            elif needed:
                queue.append((needed, f"{way} > {needed}"))
    return faults


if __name__ == "__main__":
    tree.main(check)
