#!/usr/bin/env python3
"""Each room has a page at its door: a README.md in the root, in each top-level folder, in each folder right below one,
and in each library's folder (the map in CMakeLists.txt). A folder of documents alone needs none.

usage: readmes.py ROOT
"""
import layers
import tree

LEAST_BYTES = 200  # less cannot say purpose, invariants and dependencies


def rooms(root, paths):
    found = {""}
    for path in paths:
        if path.parts[0].startswith("."):
            continue
        for depth in range(1, min(len(path.parts), 3)):
            found.add("/".join(path.parts[:depth]) + "/")
    for folders, _ in layers.house_map(root).values():
        found.update(folder for folder in folders if any(str(path).startswith(folder) for path in paths))
    return sorted(room for room in found if any(str(path).startswith(room) and path.suffix != ".md" for path in paths))


def check(root):
    paths = tree.files(root)
    names = {str(path) for path in paths}
    faults = []
    for room in rooms(root, paths):
        readme = room + "README.md"
        if readme not in names:
            faults.append(f"{readme}: missing")
        elif len((tree.text(root, readme) or "").encode()) < LEAST_BYTES:
            faults.append(f"{readme}: says too little")
    return faults


if __name__ == "__main__":
    tree.main(check)
