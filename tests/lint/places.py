#!/usr/bin/env python3
"""No tracked text names a host that packages come from (a mirror, a registry), nor a folder of somebody's machine.

A clone must build behind any mirror: the machine's own apt and npm settings decide where packages come from.
usage: places.py ROOT
"""
import re

import tree

# Each pattern has one letter in brackets, so that it does not match its own text.
HOSTS = [
    r"\bdebian[.]or[g]\b", r"\bubuntu[.]co[m]\b", r"\bnpmj[s][.]", r"\byarnpk[g][.]", r"\bnodesourc[e][.]",
    r"\bpyp[i][.]org", r"\bpythonhoste[d][.]", r"\bcrate[s][.]io", r"\bproxy[.]golan[g][.]",
    r"\b(docke[r]|ghc[r]|qua[y])[.]io\b",
    r"\bpk[g][.]dev\b", r"\bjfro[g][.]", r"\b(mirro[r]s?|registr[y]|artifactor[y]|nexu[s])[.][a-z0-9-]+[.][a-z]{2,}",
    r'"resolve[d]"\s*:\s*"http',
]
FOLDERS = [
    r"/(wor[k]|far[m])/", r"/tmp/[a-z-]*brie[f]", r"\bbash_job[s]", r"[.]librar[y]\b", r"\bbefore-sto[p]\b",
    r"\bDEVELOPER[S]\.md", r"\.\./share[d]\b", r"(?<![\w.])/(hom[e]|User[s])/[a-z]\w+/", r"(?<![\w.])/root/[a-z.]\w+",
]
PATTERNS = [re.compile(pattern) for pattern in HOSTS + FOLDERS]


def check(root):
    faults = []
    for path in tree.files(root):
        for number, line in enumerate((tree.text(root, path) or "").splitlines(), 1):
            for pattern in PATTERNS:
                match = pattern.search(line)
                if match:
                    faults.append(f"{path}:{number}: names a place outside the project: {match.group(0)}")
    return faults


if __name__ == "__main__":
    tree.main(check)
