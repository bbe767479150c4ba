"""Letters about an identity, of crypto/FORMAT.md, in Python."""
import struct

from sucharit_format import CUSTODY, READING, box, box_open, demand, sign, signed

LETTER = struct.Struct("<BB16s16s16s16s")
SIZE = 8192
REQUEST, DECISION, COPY = 1, 2, 3


def head_of(kind, case_id, request, reader, author):
    return LETTER.pack(1, kind, case_id, request, reader, author)


def seal_letter(seed, head, to, text):
    inside = head + sign(seed, "sucharit/identity/v1", head + text) + struct.pack("<I", len(text)) + text
    return box(to, inside + bytes(SIZE - len(inside)))


def open_letter(reader, box_secret, roster, kind, case_id, request, sealed):
    """(author, text)"""
    plain = box_open(box_secret, sealed)
    demand(len(plain) == SIZE)
    head, signature = plain[:LETTER.size], plain[LETTER.size:LETTER.size + 64]
    inside = plain[LETTER.size + 64:]
    size, = struct.unpack_from("<I", inside)
    text = inside[4:4 + size]
    demand(len(text) == size and not any(inside[4 + size:]))
    author = head[-16:]
    demand(head == head_of(kind, case_id, request, reader, author))
    right = READING if kind == REQUEST else CUSTODY
    demand(any(c["rights"] & right and signed(c["sign"], "sucharit/identity/v1", head + text, signature)
               for c in roster["known"] if c["officer"] == author))
    return author, text
