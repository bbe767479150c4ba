"""Takes a file's metadata away with mat2: the file on standard input, its kind as the first word, the rest on standard output.

Exit status: see outcome.h. What mat2 does not understand as a whole is not touched. Runs shut in by sandbox.h, in a folder of its own.
"""
import logging
import os
import shutil
import sys
import zipfile

DONE, NOT_CLEANED = 0, 3
MOST_UNPACKED = 200 << 20  # bytes of everything in an archive (documents are archives), as its directory declares them
MOST_MEMBERS = 2000

logging.disable()  # what it says would quote the file


def unpacks_too_far(path):
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    return len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED


def turn_upright(path):
    """How a phone was held stands in a picture's metadata, and goes with it: so the picture itself is turned."""
    import gi
    gi.require_version("GdkPixbuf", "2.0")  # mat2 needs it, too
    from gi.repository import GdkPixbuf
    picture = GdkPixbuf.Pixbuf.new_from_file(path)
    if picture.get_option("orientation") not in (None, "1"):
        picture.apply_embedded_orientation().savev(path, "jpeg", ["quality"], ["100"])  # mat2 compresses once more


def cleaned(path):
    """Where the clean file lies; nothing when it could not be cleaned."""
    from libmat2 import UnknownMemberPolicy, parser_factory  # slow, and it may fail on what is installed
    parser, _ = parser_factory.get_parser(path)
    if parser is None:
        return None
    parser.sandbox = False  # its own would need namespaces; everything here is shut in already
    parser.unknown_member_policy = UnknownMemberPolicy.ABORT
    return parser.output_filename if parser.remove_all() else None


def main():
    path = "in" + sys.argv[1]
    with open(path, "xb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    if path.endswith(".jpg"):
        turn_upright(path)
    out = None if unpacks_too_far(path) else cleaned(os.path.abspath(path))
    if out is None:
        return NOT_CLEANED
    with open(out, "rb") as file:
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.flush()
    return DONE


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception:  # a parser of a hostile file may fail in any way; none of it is told
        sys.exit(NOT_CLEANED)
