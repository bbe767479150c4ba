#!/usr/bin/env python3
"""How the program was really built: language, compiler, hardening, and what it loads.

usage: toolchain.py ROOT BUILD
"""
import json
import pathlib
import re
import subprocess

import tree

LEAST = {"Clang": 19, "GNU": 14}
LOADED_NEVER = {
    "libsqlite3": "two SQLites in one process: a call may reach the one without encryption",
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def cache(build):
    content = (pathlib.Path(build) / "CMakeCache.txt").read_text()
    return dict(re.findall(r"^([A-Za-z_][\w.+-]*):\w+=(.*)$", content, re.M))


def compiler_faults(build):
    found = list(pathlib.Path(build).glob("CMakeFiles/*/CMakeCXXCompiler.cmake"))
    if not found:
        return [f"{build}: nothing is configured here"]
    settings = dict(re.findall(r'^set\((\w+) "([^"]*)"\)', found[0].read_text(), re.M))
    name, version = settings["CMAKE_CXX_COMPILER_ID"], settings["CMAKE_CXX_COMPILER_VERSION"]
    if int(version.split(".")[0]) < LEAST.get(name, 10**6):
        return [f"compiler: {name} {version}; clang 19 or GCC 14 and later are known to compile coroutines correctly"]
    return []


def command_faults(root, build):
    commands = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    # C here is no part of the program: a library that tests put under it.
    mine = [entry for entry in commands if pathlib.Path(entry["file"]).is_relative_to(pathlib.Path(root).resolve())
            and not entry["file"].endswith(".c")]
    faults = [] if mine else ["compile_commands.json names no source of this tree"]
    for entry in mine:
        command = entry["command"]
        source = pathlib.Path(entry["file"]).name
        if not re.search(r"-std=c\+\+(23|2b)\b", command):
            faults.append(f"{source}: is not compiled as C++23")
        for flag in ("-fstack-protector-strong", "-fstack-clash-protection", "-D_GLIBCXX_ASSERTIONS", "-fPI[CE]"):
            if not re.search(rf"{flag}(\s|$)", command):
                faults.append(f"{source}: is compiled without {flag}")
    return faults


def program_faults(program):
    if not pathlib.Path(program).is_file():
        return [f"{program}: is not built"]
    header, segments = run("readelf", "-hW", program), run("readelf", "-lW", program)
    dynamic, symbols = run("readelf", "-dW", program), run("readelf", "--dyn-syms", "-W", program)
    faults = []
    if not re.search(r"Type:\s+DYN", header):
        faults.append("program: is loaded at a fixed address (no PIE)")
    if "GNU_RELRO" not in segments:
        faults.append("program: no RELRO")
    if "BIND_NOW" not in dynamic and not re.search(r"FLAGS_1.*\bNOW\b", dynamic):
        faults.append("program: symbols are bound lazily (no BIND_NOW), so RELRO is partial")
    stack = re.search(r"GNU_STACK(?:\s+0x\w+){5}\s+([RWE]+)\s", segments)
    if not stack or "E" in stack.group(1):
        faults.append("program: its stack is executable")
    if "__stack_chk_fail" not in symbols:
        faults.append("program: no stack protector")
    loaded = run("ldd", program)
    for library, reason in LOADED_NEVER.items():
        if library in loaded:
            faults.append(f"program: loads {library} ({reason})")
    if "libsqlcipher" not in loaded:
        faults.append("program: does not load libsqlcipher")
    return faults


def check(root, build):
    faults = compiler_faults(build)
    if faults:
        return faults
    faults = command_faults(root, build)
    # Sanitizers and coverage build another program than the one that is served.
    settings = cache(build)
    if not settings.get("SUCHARIT_SANITIZE") and settings.get("SUCHARIT_COVERAGE", "OFF") == "OFF":
        faults += program_faults(str(pathlib.Path(build) / "sucharit"))
    return faults


if __name__ == "__main__":
    tree.main(check)
