"""Files, their descriptions and what an interrupted upload leaves behind. The same stories as generate_files.cpp."""
import os

import sucharit_files as files
import sucharit_format as f

DESCRIPTION = '{"name":"ถนน.jpg","type":"image/jpeg"}'.encode()


def content(size):
    return bytes(1 + i % 251 for i in range(size))


def stories_of_files(out, case, other, roster, people, suffix):
    legal, clerk = people
    row, reporter = case.row, f.receipt_keys(case.digits)
    header, key = case.header(f.FILE), os.urandom(32)
    stored = files.seal_chunks(key, header, content(65_540))
    digest = files.digest_of(stored)

    def described(sealed, header=header):
        return {"key": case.key, "reporter_key": row["reporter_key"], "roster": roster, "header": header, "sealed": sealed}

    def by(who, length=65_540, digest=digest, key=key):
        return described(files.describe(who, row, header, key, files.file_text(length, digest, DESCRIPTION)))

    def upload(length, json):
        state = files.seal_upload(reporter["uploads"], row["case_id"], header["object_id"], key, length, json)
        return {"digits": case.digits, "case_id": row["case_id"], "object_id": header["object_id"], "sealed": state}

    out.opens("file description" + suffix, "file_description", **by(reporter))
    out.opens("upload" + suffix, "upload", **upload(65_540, DESCRIPTION))
    if suffix:
        return
    out.opens("file", "file", **by(reporter), stored=stored)
    out.opens("upload of unknown length", "upload", **upload(None, b""))
    text = files.file_text(65_540, digest, DESCRIPTION)
    out.refused("file described by another reporter", "file_description", **by(f.receipt_keys(other.digits)))
    body = files.describe(reporter, row, header, key, text)[120:]
    out.refused("file described by nobody", "file_description", **described(f.box(row["case_key"], key) + body))
    out.refused("file longer than the format knows", "file_description", **by(reporter, (1 << 40) + 1))
    attached = header | {"author": legal.officer}
    out.opens("file description of an officer", "file_description",
              **described(files.describe_as_officer(case.key, legal.seed, attached, key, text), attached))
    out.refused("file description of an officer signed by another hand", "file_description",
                **described(files.describe_as_officer(case.key, clerk.seed, attached, key, text), attached))
    out.refused("file description of an officer signed as a move", "file_description",
                **described(files.describe_as_officer(case.key, legal.seed, attached, key, text, "sucharit/move/v1"), attached))
    out.refused("file of another length", "file", **by(reporter, 65_538), stored=stored)
    out.refused("file of another digest", "file", **by(reporter, digest=bytes(32)), stored=stored)
    chunk = content(files.CHUNK)
    for name, length, parts in (
            ("with padding that is not zero", 10, [(0, True, chunk)]),
            ("without an end", 10, [(0, False, bytes(files.CHUNK))]),
            ("reordered", 131_072, [(1, True, chunk), (0, False, chunk)]),
            ("with a chunk repeated", 131_072, [(0, False, chunk), (0, True, chunk)]),
            ("in a class that is not its own", 10, [(0, False, bytes(files.CHUNK)), (1, True, bytes(2048))]),
            ("whose chunk is another's", 65_536, [(1, True, chunk)])):
        forged = b"".join(files.seal_chunk(key, header, *part) for part in parts)
        out.refused("file " + name, "file", **by(reporter, length, files.digest_of(forged)), stored=forged)
