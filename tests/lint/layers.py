#!/usr/bin/env python3
"""Who may include whom. The libraries and their order are read from the root CMakeLists.txt: the build file is the map.

usage: layers.py ROOT
"""
import re

import tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
LIBRARY = re.compile(r"^sucharit_library\((\w+)\s+([^)]*?)\s+USES\s+([^)]*)\)", re.M)

# (include, what it is, folders that may, most files that may: 0 = any number)
OUTSIDE = [
    (re.compile(r"sodium(\.h|/)"), "libsodium", ("crypto/",), 0),
    (re.compile(r"(liboath/)?oath\.h"), "liboath", ("crypto/officer/",), 1),
    (re.compile(r"(sqlcipher/)?sqlite3(ext)?\.h|sqlcipher/"), "SQLCipher", ("storage/",), 1),
    (re.compile(r"boost/(beast|asio)|openssl/(?!evp\.h)"), "Beast, Asio or OpenSSL", ("web/net/",), 0),
    (re.compile(r"openssl/evp\.h"), "OpenSSL's digests", ("crypto/primitives/", "web/net/"), 0),
    (re.compile(r"ctemplate/"), "ctemplate", ("web/pages/",), 0),
    (re.compile(r"curl/"), "libcurl", ("service/runtime/",), 1),
    (re.compile(r"qrencode\.h"), "libqrencode", ("web/pages/officer/",), 1),
    (re.compile(r"magic\.h|seccomp\.h|linux/landlock\.h"), "libmagic, libseccomp and Landlock", ("service/inspector/main/",), 0),
    (re.compile(r"pango/|cairo"), "Pango and Cairo", ("service/runtime/", "web/print/"), 2),
    (re.compile(r"boost/locale"), "Boost.Locale", ("web/pages/",), 0),
    (re.compile(r"toml\+\+/|CLI/|spdlog/|fmt/"), "configuration, command line and log", ("service/runtime/",), 0),
]

# The domain is functions and values: what it knows of the world is handed to it.
DOMAIN_INCLUDE = re.compile(
    r"crypto/(?!base/)|(fstream|iostream|ostream|istream|cstdio|stdio\.h|filesystem|thread|mutex|shared_mutex|"
    r"condition_variable|future|random|ctime|time\.h|unistd\.h|fcntl\.h|netdb\.h|sys/.*)$")
DOMAIN_CALL = re.compile(
    r"\bSystemClock\b|::now\s*\(|(\.|->)(now|today)\s*\(|\b(clock_gettime|gettimeofday|getenv|fopen|system|popen)\s*\(|"
    r"\bstd::time\s*\(|\bstd::(cout|cerr|clog)\b")


def house_map(root):
    """{library: ([folder/...], {libraries it uses, directly or not})}"""
    build_file = re.sub(r"#.*", "", tree.text(root, "CMakeLists.txt") or "")
    direct, folders = {}, {}
    for name, where, uses in LIBRARY.findall(build_file):
        folders[name] = [folder + "/" for folder in where.split()]
        direct[name] = uses.split()

    def reach(name, seen):
        for used in direct.get(name, []):
            if used not in seen:
                seen.add(used)
                reach(used, seen)
        return seen

    return {name: (folders[name], reach(name, set())) for name in direct}


def owner(libraries, path):
    """The library of the deepest folder that holds the path."""
    best = ("", None)
    for name, (folders, _) in libraries.items():
        for folder in folders:
            if path.startswith(folder) and len(folder) > len(best[0]):
                best = (folder, name)
    return best[1]


def map_faults(libraries):
    faults = []
    for name, (folders, uses) in libraries.items():
        composes = any(folder.startswith("service/runtime/") for folder in folders)
        if name.endswith("_reporter") and any(used.endswith("_officer") for used in uses):
            faults.append(f"CMakeLists.txt: {name} reaches an officer library")
        top = folders[0].split("/")[0]
        used_tops = {libraries[used][0][0].split("/")[0] for used in uses if used in libraries} | {top}
        if not composes and {"web", "storage"} <= used_tops:
            faults.append(f"CMakeLists.txt: {name} brings web and storage together")
    if not libraries:
        faults.append("CMakeLists.txt: no sucharit_library(… USES …) found")
    return faults


def outside_faults(path, included, counts):
    faults = []
    for pattern, what, folders, most in OUTSIDE:
        if not pattern.match(included):
            continue
        if not path.startswith(folders):
            faults.append(f"{path}: includes <{included}>, but {what} belongs in {', '.join(folders)}")
        elif most:
            counts.setdefault((what, most), set()).add(path)
    return faults


def inside_faults(libraries, path, included, quoted, known):
    parts, theirs = path.split("/"), included.split("/")
    faults = []
    if quoted and included not in known:
        faults.append(f'{path}: includes "{included}", which is not written from the root or does not exist')
    if "reporter" in parts[:-1] and "officer" in theirs[:-1]:
        faults.append(f"{path}: a reporter folder includes {included} of an officer folder")
    if not path.startswith("service/runtime/") and {"web", "storage"} == {parts[0], theirs[0]}:
        faults.append(f"{path}: web and storage meet at {included}")
    mine, other = owner(libraries, path), owner(libraries, included)
    if mine and other and mine != other and other not in libraries[mine][1]:
        faults.append(f"{path}: {mine} does not use {other} (CMakeLists.txt), but includes {included}")
    return faults


def check(root):
    libraries = house_map(root)
    faults, counts = map_faults(libraries), {}
    sources = [path for path in tree.files(root) if path.suffix in tree.SOURCE_SUFFIXES]
    known = {str(path) for path in sources}
    for path in map(str, sources):
        if path.startswith("tests/"):
            continue
        content = tree.text(root, path) or ""
        for mark, included in INCLUDE.findall(content):
            faults += outside_faults(path, included, counts)
            faults += inside_faults(libraries, path, included, mark == '"', known)
            if path.startswith("service/domain/") and DOMAIN_INCLUDE.match(included):
                faults.append(f"{path}: the domain includes {included}: no I/O, no clock, no cryptography there")
        if path.startswith("service/domain/"):
            for call in DOMAIN_CALL.finditer(re.sub(r"//.*", "", content)):
                faults.append(f"{path}: the domain reaches outside itself: {call.group(0).strip()}")
    for (what, most), where in counts.items():
        if len(where) > most:
            faults.append(f"{what} is included by {len(where)} files, {most} may: {', '.join(sorted(where))}")
    return faults


if __name__ == "__main__":
    tree.main(check)
