"""What the lints share: the files of a tree, and how a lint reports."""
import pathlib
import subprocess
import sys

SOURCE_SUFFIXES = {".h", ".cpp", ".hpp"}
SKIPPED_FOLDERS = {".git", "node_modules", "__pycache__", "var"}


def files(root):
    """Paths relative to root, as git would commit them (a tree that is no clone: every file)."""
    root = pathlib.Path(root)
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, check=True, capture_output=True).stdout.decode().split("\0")
        return sorted(pathlib.PurePosixPath(name) for name in listed if name and (root / name).is_file())
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(pathlib.PurePosixPath(path.as_posix()) for path in found
                  if not SKIPPED_FOLDERS.intersection(path.parts) and not path.parts[0].startswith("build"))


def text(root, path):
    """The file's text, or None when it is not text."""
    data = (pathlib.Path(root) / path).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def main(check):
    """Runs check(root) -> faults, one line each; the status says whether there were any."""
    faults = check(*sys.argv[1:])
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)
