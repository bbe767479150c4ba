#!/usr/bin/env python3
"""No source file over 450 lines: beyond that a reader loses the thread, and the file holds two things.

usage: sizes.py ROOT
"""
import tree

MOST_LINES = 450
SUFFIXES = tree.SOURCE_SUFFIXES | {".js", ".mjs", ".py", ".sh", ".cmake", ".scss", ".html"}
NAMES = {"CMakeLists.txt", "run", "test"}


def check(root):
    faults = []
    for path in tree.files(root):
        if path.suffix in SUFFIXES or path.name in NAMES:
            lines = (tree.text(root, path) or "").count("\n")
            if lines > MOST_LINES:
                faults.append(f"{path}: {lines} lines, {MOST_LINES} are the most")
    return faults


if __name__ == "__main__":
    tree.main(check)
