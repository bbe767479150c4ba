"""Files of crypto/FORMAT.md, in Python."""
import hashlib
import struct

from sucharit_format import (FILE, ZERO_ID, aead, aead_open, associated, auth_box, auth_box_open, box, box_open, case_pair, demand,
                             kdf, pad, sign, signed_message, unpad, verified)

CHUNK, SEAL = 65536, 40
UNKNOWN = 2**64 - 1


def padded_length(length):
    length = max(length, CHUNK)
    exponent = length.bit_length() - 1
    unit = 1 << (exponent - exponent.bit_length())
    return -(-length // unit) * unit


def chunk_count(length):
    return -(-padded_length(length) // CHUNK)


def stored_length(length):
    return padded_length(length) + SEAL * chunk_count(length)


def chunk_place(header, number, last):
    return struct.pack("<BB16s16sQB", 1, FILE, header["case_id"], header["object_id"], number, last)


def seal_chunk(key, header, number, last, plain):
    return aead(kdf(key, "scrtfile", 1), chunk_place(header, number, last), plain)


def seal_chunks(key, header, content):
    plain, count = content + bytes(padded_length(len(content)) - len(content)), chunk_count(len(content))
    return b"".join(seal_chunk(key, header, n, n == count - 1, plain[n * CHUNK:(n + 1) * CHUNK]) for n in range(count))


def digest_of(stored):
    return hashlib.sha256(stored).digest()


def open_file(key, header, length, digest, stored):
    demand(len(stored) == stored_length(length) and digest_of(stored) == digest)
    count = chunk_count(length)
    plain = b"".join(aead_open(kdf(key, "scrtfile", 1), chunk_place(header, n, n == count - 1),
                               stored[n * (CHUNK + SEAL):(n + 1) * (CHUNK + SEAL)]) for n in range(count))
    demand(len(plain) == padded_length(length) and not any(plain[length:]))
    return plain[:length]


def file_text(length, digest, json):
    return struct.pack("<Q", length) + digest + json


def describe(keys, row, header, key, text):
    boxed = box(row["case_key"], auth_box(keys["secret"], row["case_key"], key))
    return boxed + aead(kdf(key, "scrtfile", 2), associated(header), pad(FILE, text))


def describe_as_officer(case_key, seed, header, key, text, domain="sucharit/file/v1"):
    inside = key + text
    return aead(kdf(case_key, "scrtcase", 8), associated(header),
                pad(FILE, sign(seed, domain, signed_message(header, inside)) + inside))


def open_description(case_key, reporter, roster, header, sealed):
    """(file key, length, digest, JSON)"""
    demand(header["kind"] == FILE)
    if header["author"] == ZERO_ID:
        key = auth_box_open(case_pair(case_key)[1], reporter, box_open(case_pair(case_key)[1], sealed[:120]))
        demand(len(key) == 32)
        text = unpad(aead_open(kdf(key, "scrtfile", 2), associated(header), sealed[120:]))
    else:
        inside = unpad(aead_open(kdf(case_key, "scrtcase", 8), associated(header), sealed))
        inside = verified(roster, "sucharit/file/v1", header, inside)
        key, text = inside[:32], inside[32:]
    demand(len(key) == 32 and len(text) >= 40)
    length, = struct.unpack_from("<Q", text)
    demand(length <= 1 << 40)
    return key, length, text[8:40], text[40:]


def upload_place(case_id, object_id):
    return b"\1" + case_id + object_id


def seal_upload(upload_key, case_id, object_id, key, length, json):
    plain = key + struct.pack("<QI", UNKNOWN if length is None else length, len(json)) + json
    return aead(upload_key, upload_place(case_id, object_id), plain + bytes(2048 - len(plain)))


def open_upload(upload_key, case_id, object_id, sealed):
    """(file key, length or None, JSON)"""
    plain = aead_open(upload_key, upload_place(case_id, object_id), sealed)
    demand(len(plain) == 2048)
    length, size = struct.unpack_from("<QI", plain, 32)
    demand(size <= 2004 and not any(plain[44 + size:]) and (length == UNKNOWN or length <= 1 << 40))
    return plain[:32], None if length == UNKNOWN else length, plain[44:44 + size]
