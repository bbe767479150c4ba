#!/usr/bin/env python3
"""Writes vectors sealed by the independent implementation, which the C++ must open.

usage: writer.py OUT
"""
import json
import os
import sys

from nacl import bindings as na

import sucharit_format as f
import sucharit_letters as letters
import sucharit_officers as o
from reader import CHECKS
from writer_files import stories_of_files

TODAY = 20_000
ALL = f.READING | f.CUSTODY | f.VOUCHING


class Officer:
    def __init__(self, officer=None):
        self.officer = officer or os.urandom(16)
        self.seed, self.box_secret = os.urandom(32), os.urandom(32)
        self.sign = na.crypto_sign_seed_keypair(self.seed)[0]
        self.box = na.crypto_scalarmult_base(self.box_secret)

    def root(self):
        return {"officer": self.officer.hex(), "box": self.box.hex(), "sign": self.sign.hex()}


def certificate(instance, issuer, to, rights, not_before=19_000, not_after=21_000, **other):
    fields = {"instance": instance, "serial": os.urandom(16), "officer": to.officer, "box": to.box, "sign": to.sign,
              "rights": rights, "not_before": not_before, "not_after": not_after, "issuer": issuer.officer,
              "name": "นางสาวสุดา ใจซื่อ"} | other
    encoded = o.encode_certificate(fields)
    return encoded + f.sign(issuer.seed, "sucharit/cert/v1", encoded)


def revocation(instance, issuer, stored, day):
    r = {"serial": stored[17:33], "day": day, "issuer": issuer.officer}
    signature = f.sign(issuer.seed, "sucharit/revoke/v1", o.revocation_message(instance, r))
    return {"serial": r["serial"].hex(), "day": day, "issuer": r["issuer"].hex(), "signature": signature.hex()}


class Case:
    def __init__(self, digits):
        self.digits, self.keys = digits, f.receipt_keys(digits)
        self.key, self.identity_key = os.urandom(32), os.urandom(32)
        self.row = {"case_id": os.urandom(16), "epoch": 1}
        case_id = self.row["case_id"]
        self.row |= {"commitment": f.commitment(self.key, "scrtcase", case_id, 1),
                     "identity_commitment": f.commitment(self.identity_key, "scrtiden", case_id, 1),
                     "case_key": f.case_pair(self.key)[0], "reporter_key": self.keys["public"]}
        self.row["record_mac"] = f.record_mac(self.keys, self.row)

    def header(self, kind, author=f.ZERO_ID):
        return {"kind": kind, "case_id": self.row["case_id"], "object_id": os.urandom(16), "epoch": 1, "author": author}

    def complaint(self, header, text):
        return f.seal_padded(f.kdf(self.key, "scrtcase", 1), header, self.row["reporter_key"] + text)


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


class Vectors(list):
    def opens(self, name, what, **given):
        given = plain(given)
        self.append({"name": name, "what": what, "outcome": "opens", "in": given, "out": CHECKS[what](given)})

    def refused(self, name, what, **given):
        self.append({"name": name, "what": what, "outcome": "refused", "in": plain(given)})


def receipts(out, instance, key, digits):
    keys = f.instance_keys(key)
    out.opens("receipt", "receipt", digits=digits)
    thai = (digits + f.check_digits(digits)).translate({48 + i: 0x0e50 + i for i in range(10)})
    out.opens("receipt in Thai digits", "typed_receipt", typed=" \u2013".join(thai[i:i + 4] for i in range(0, 28, 4)))
    out.refused("receipt with a wrong check digit", "typed_receipt", typed=digits + f"{int(f.check_digits(digits)) % 97 + 2:02d}")
    groups = f.sheet_groups(instance, key)
    out.opens("recovery sheet", "recovery_sheet", groups=groups)
    out.refused("recovery sheet with a group in another's place", "recovery_sheet", groups=groups[:6] + groups[7:8] + groups[6:7] + groups[8:])
    out.opens("instance keys", "instance", key=key)
    database = f.aead(keys["database_wrap"], instance, os.urandom(32))
    out.opens("database key", "database_key", instance=instance, key=key, wrapped=database)
    out.opens("once", "once", instance=instance, key=key, field=f.make_once(keys, 472_223))
    out.opens("lookup tag", "lookup_tag", instance=instance, key=key, digits=digits)
    out.opens("compare tag", "compare_tag", digits=digits, text="ข้อความเดียวกัน")


def officers(out, instance, key, legal):
    keys, salt = f.instance_keys(key), os.urandom(16)
    _, wrapping = o.passphrase_keys("lusab-babad", salt, 1, 8192)
    sealed = o.seal_bundle(wrapping, o.keys_at_rest(legal.officer, 3, legal.box, legal.sign), legal.box_secret, legal.seed)
    out.opens("officer keys", "officer_keys", passphrase="lusab-babad", salt=salt, operations=1, memory=8192,
              officer=legal.officer, generation=3, box=legal.box, sign=legal.sign, sealed=sealed, instance=instance, key=key)
    sealed = f.aead(wrapping, o.second_factor_place(legal.officer), os.urandom(20))
    out.opens("second factor", "second_factor", passphrase="lusab-babad", salt=salt, operations=1, memory=8192,
              officer=legal.officer, sealed=sealed, seconds=1_728_000_029, issuer="เทศบาลตำบลตัวอย่าง & ทดสอบ", login="legal")
    out.opens("door", "door", cookie=f.b64(os.urandom(16)), instance=instance, key=key)
    code = "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"
    sealed = o.seal_bundle(o.recovery_keys(legal.officer, code)[1], o.key_place(legal.officer, 3, 3, legal.box, legal.sign),
                           legal.box_secret, legal.seed)
    out.opens("recovery", "recovery", code=code, officer=legal.officer, generation=3, box=legal.box, sign=legal.sign,
              sealed=sealed, instance=instance, key=key)
    now = Officer(legal.officer)
    sealed = o.seal_former(now.box_secret, o.key_place(legal.officer, 5, 3, legal.box, legal.sign), legal.box_secret, legal.seed)
    out.opens("former keys", "former_keys", officer=legal.officer, generation=3, box=legal.box, sign=legal.sign,
              now=now.box_secret, sealed=sealed)
    session, session_key = os.urandom(16), os.urandom(32)
    sealed = o.seal_bundle(session_key, o.keys_in_session(legal.officer, session), legal.box_secret, legal.seed)
    out.opens("session", "session", cookie=f.b64(session + session_key), officer=legal.officer, sealed=sealed,
              instance=instance, key=key)
    token = o.make_known(key, instance, legal.officer, TODAY)
    out.opens("known browser", "known_browser", token=token, today=TODAY, instance=instance, key=key)
    out.refused("known browser after its last day", "known_browser", token=token, today=TODAY + 1, instance=instance, key=key)
    sealed = o.seal_mail(key, o.mail_place("address", instance, legal.officer), b"nitikorn@example.go.th", 256)
    out.opens("mail address", "mail_address", officer=legal.officer, sealed=sealed, instance=instance, key=key)
    sealed = o.seal_mail(key, o.mail_place("document", instance), b'{"server":"mail.example.go.th"}', 2048)
    out.opens("mail document", "mail_document", sealed=sealed, instance=instance, key=key)
    for typed in ("0123-4567-89AB-CDEF-GHJK-MNPQ-RT", "o123 4567 89ab cdef ghjk mnpq rt"):
        out.opens(f"invitation typed as {typed}", "invitation", code=typed, instance=instance, key=key)
    out.refused("invitation that is too short", "invitation", code="0123-4567", instance=instance, key=key)
    for name, serials in (("seen certificates", [os.urandom(16) for _ in range(3)]), ("seen certificates, none", [])):
        out.opens(name, "seen", instance=instance, officer=legal.officer, sign=legal.sign,
                  stored=o.seal_seen(legal.seed, instance, legal.officer, serials))
    head = os.urandom(32)
    signature = f.sign(legal.seed, "sucharit/head/v1", o.head_message(instance, 7, head, 2, TODAY))
    out.opens("countersignature", "countersignature", sign=legal.sign, instance=instance, sequence=7, head=head,
              roster_version=2, day=TODAY, signature=signature)
    entries = [o.encode_entry(1, TODAY), o.encode_entry(20, TODAY, subject=os.urandom(32), digest=os.urandom(32)),
               o.encode_entry(31, TODAY, 1_728_000_000, legal.officer, os.urandom(32), os.urandom(16), os.urandom(32))]
    out.opens("audit", "audit", instance=instance, key=key, case_id=os.urandom(16), entries=entries)
    out.refused("audit entry that tells the time of a reporter's act", "audit", instance=instance, key=key,
                case_id=os.urandom(16), entries=[o.encode_entry(21, TODAY, 1_728_000_000)])
    out.opens("audit, every event", "audit", instance=instance, key=key, case_id=os.urandom(16),
              entries=[o.encode_entry(event, TODAY) for event in sorted(o.EVENTS)])
    out.refused("audit entry of an event without a meaning", "audit", instance=instance, key=key, case_id=os.urandom(16),
                entries=[o.encode_entry(19, TODAY)])


def rosters(out, instance, executive, outside, base):
    roots = base["roots"]

    def case(name, certificates, revocations=()):
        given = {"instance": instance, "roots": roots, "today": TODAY,
                 "certificates": base["certificates"] + certificates, "revocations": list(revocations)}
        out.opens(name, "roster", roster=given)

    head, friend = Officer(), Officer()
    vouched = certificate(instance, executive, head, f.VOUCHING)
    by_head = certificate(instance, head, friend, f.READING)
    case("chain of vouchers", [vouched, by_head])
    case("issuer without the vouching right", [certificate(instance, executive, head, f.READING), by_head])
    case("cycle", [certificate(instance, head, friend, ALL), certificate(instance, friend, head, ALL)])
    case("self-issued", [certificate(instance, friend, friend, ALL)])
    case("root with other keys", [certificate(instance, outside, Officer(executive.officer), ALL)])
    case("another instance", [certificate(os.urandom(16), executive, friend, f.READING)])
    case("low-order key in a certificate", [certificate(instance, executive, friend, f.READING, box=b"\1" + bytes(31))])
    case("altered certificate", [by_head[:-1] + bytes([by_head[-1] ^ 1]), vouched])
    case("not yet, no longer", [certificate(instance, executive, head, 1, TODAY + 1), certificate(instance, executive, friend, 1, 1, 2)])
    case("revoked", [vouched, by_head], [revocation(instance, outside, vouched, 19_500)])
    case("issued after the issuer was revoked", [vouched, certificate(instance, head, friend, 1, 19_501)],
         [revocation(instance, outside, vouched, 19_500)])
    case("revoked by somebody who may not", [vouched, by_head], [revocation(instance, friend, vouched, 19_500)])
    case("revoked by its own officer", [vouched, by_head], [revocation(instance, friend, by_head, TODAY)])
    renewed = Officer(friend.officer)
    case("renewed", [certificate(instance, executive, renewed, 1, 19_900), certificate(instance, executive, friend, 1)])
    rotations(case, instance, executive, outside, head, vouched)
    out.opens("certificate", "certificate", certificate=by_head)


def rotations(case, instance, executive, outside, head, vouched):
    """Certificates that the older keys of the same officer signed."""
    fresh, stranger = Officer(head.officer), Officer(head.officer)

    def rotated(by=head, to=fresh, rights=f.VOUCHING, first=19_900, last=21_000, **other):
        return certificate(instance, by, to, rights, first, last, **other)
    case("new keys", [vouched, rotated()])
    case("new keys, and again newer ones", [vouched, rotated(), rotated(fresh, stranger, first=19_950)])
    case("new keys with fewer days and no right", [vouched, rotated(rights=0, last=20_500)])
    case("new keys with a right more", [vouched, rotated(rights=f.VOUCHING | f.READING)])
    case("new keys with a day more", [vouched, rotated(last=21_001)])
    case("new keys with another name", [vouched, rotated(name="นายก")])
    case("new keys before the old ones", [vouched, rotated(first=18_999)])
    case("new keys signed by themselves", [vouched, rotated(fresh)])
    case("new keys signed by a stranger", [vouched, rotated(stranger)])
    case("new keys of a revoked certificate", [vouched, rotated()], [revocation(instance, outside, vouched, 19_899)])
    case("new keys whose old certificate was revoked later", [vouched, rotated()], [revocation(instance, outside, vouched, 19_950)])
    case("new keys of a root", [rotated(executive, Officer(executive.officer), ALL)])


def objects(out, case, other, roster, legal, clerk):
    key, row = case.key, case.row
    for name, c in (("record", case), ("record of another case", other)):
        out.opens(name, "record", digits=c.digits, row=c.row)
    for name, c in (("slot", case), ("slot of another case", other)):
        sealed = f.box(legal.box, f.slot_plaintext(1, c.row, legal.officer, c.key))
        out.opens(name, "slot", officer=legal.officer, box_secret=legal.box_secret, purpose=1, row=c.row, sealed=sealed)
    sealed = f.box(clerk.box, f.slot_plaintext(2, row, clerk.officer, case.identity_key))
    out.opens("identity slot", "slot", officer=clerk.officer, box_secret=clerk.box_secret, purpose=2, row=row, sealed=sealed)
    sealed = f.box(legal.box, f.slot_plaintext(1, row, legal.officer, os.urandom(32)))
    out.refused("slot with a key that is not the committed one", "slot", officer=legal.officer, box_secret=legal.box_secret,
                purpose=1, row=row, sealed=sealed)
    out.refused("decoy", "slot", officer=legal.officer, box_secret=legal.box_secret, purpose=1, row=row,
                sealed=f.box(Officer().box, os.urandom(128)))

    text = '{"facts":"ถนนไม่ได้มาตรฐาน"}'.encode()
    for name, c in (("complaint", case), ("complaint of another case", other)):
        header = c.header(f.COMPLAINT)
        out.opens(name, "complaint", key=c.key, row=c.row, header=header, sealed=c.complaint(header, text))
    header = case.header(f.IDENTITY)
    out.opens("identity", "identity", key=case.identity_key, header=header,
              sealed=f.seal_padded(f.kdf(case.identity_key, "scrtiden", 1), header, b""))
    for name, c in (("follow-up", case), ("follow-up of another case", other)):
        header = c.header(f.FOLLOW_UP)
        out.opens(name, "follow_up", key=c.key, reporter_key=c.row["reporter_key"], header=header,
                  sealed=f.seal_follow_up(f.receipt_keys(c.digits), c.row, header, text))
    header, message = case.header(f.FOLLOW_UP), os.urandom(32)
    body, inner = f.seal_padded(message, header, text), f.auth_box(f.receipt_keys(case.digits)["secret"], row["case_key"], message)
    for name, sealed in (("another reporter", f.seal_follow_up(f.receipt_keys(other.digits), row, header, text)),
                         ("nobody", f.box(row["case_key"], message) + body),
                         ("its reporter for the receipt too", inner + body)):
        out.refused("follow-up sealed by " + name, "follow_up", key=key, reporter_key=row["reporter_key"], header=header,
                    sealed=sealed)
    header = case.header(f.MOVE, legal.officer)
    out.opens("move", "move", key=key, roster=roster, header=header, sealed=f.seal_move(key, legal.seed, header, text))
    out.refused("move signed by another hand", "move", key=key, roster=roster, header=header,
                sealed=f.seal_move(key, clerk.seed, header, text))
    header = case.header(f.ACCESS, legal.officer)
    out.opens("access", "access", key=key, roster=roster, header=header, sealed=f.seal_access(key, legal.seed, header, text))
    out.refused("access signed as a move", "access", key=key, roster=roster, header=header,
                sealed=f.seal_padded(f.kdf(key, "scrtcase", 7), header,
                                     f.sign(legal.seed, "sucharit/move/v1", f.signed_message(header, text)) + text))
    header = case.header(f.TITLE, legal.officer)
    out.opens("title", "title", key=key, roster=roster, header=header, sealed=f.seal_title(key, legal.seed, header, text))
    out.refused("title signed as a move", "title", key=key, roster=roster, header=header,
                sealed=f.seal_padded(f.kdf(key, "scrtcase", 11), header,
                                     f.sign(legal.seed, "sucharit/move/v1", f.signed_message(header, text)) + text))
    header = case.header(f.REPLY, clerk.officer)
    sealed = f.seal_reply(key, clerk.seed, header, row["reporter_key"], text)
    out.opens("reply", "reply", key=key, roster=roster, header=header, sealed=sealed)
    out.opens("reply to the reporter", "reply_as_reporter", digits=case.digits, roster=roster, header=header, sealed=sealed)
    forged = f.seal_reply(key, legal.seed, header, row["reporter_key"], text)
    out.refused("reply signed by another hand", "reply", key=key, roster=roster, header=header, sealed=forged)
    out.refused("reply to the reporter signed by another hand", "reply_as_reporter", digits=case.digits, roster=roster,
                header=header, sealed=forged)


def next_epoch(key, row, author, previous):
    """(key, row, older key, stored certificate) of the epoch after `row`."""
    new, epoch = os.urandom(32), row["epoch"] + 1
    after = row | {"epoch": epoch, "commitment": f.commitment(new, "scrtcase", row["case_id"], epoch),
                   "case_key": f.case_pair(new)[0]}
    return new, after, o.seal_older(new, key, row, after), epoch_link(after, author, previous)


def epoch_link(row, author, previous):
    encoded = o.encode_epoch(row, author.officer, previous)
    return encoded + f.sign(author.seed, "sucharit/epoch/v1", encoded)


def epochs(out, case, other, roster, people):
    executive, legal, clerk, auditor = people
    chains = {}
    for name, c in (("epochs", case), ("epochs of another case", other)):
        second = next_epoch(c.key, c.row, clerk, o.record_digest(c.row))
        third = next_epoch(second[0], second[1], executive, f.hashed(second[3]))
        chains[name] = second, third
        out.opens(name, "epochs", digits=c.digits, row=c.row, certificates=[second[3], third[3]], roster=roster)
    out.opens("epochs, still the first", "epochs", digits=case.digits, row=case.row, certificates=[], roster=roster)
    second, third = chains["epochs"]
    key, row, older, stored = second
    digest = o.record_digest(case.row)
    for name, certificates in (
            (", one skipped", [third[3]]), (" reordered", [third[3], stored]), (", one repeated", [stored, stored]),
            (", a number skipped", [epoch_link(row | {"epoch": 3}, clerk, digest)]),
            (", another case named", [epoch_link(row | {"case_id": other.row["case_id"]}, clerk, digest)]),
            (", hanging on another", [epoch_link(row, legal, digest), third[3]]),
            (", a degenerate case key", [epoch_link(row | {"case_key": b"\1" + bytes(31)}, clerk, digest)]),
            (" signed without the reading right", [epoch_link(row, auditor, digest)]),
            (" signed by an officer unknown to the roster", [epoch_link(row, Officer(), digest)]),
            (" signed by another hand", [epoch_link(row, Officer(clerk.officer), digest)])):
        out.refused("epochs" + name, "epochs", digits=case.digits, row=case.row, certificates=certificates, roster=roster)

    out.opens("older key", "older_key", key=key, row=row, older=case.row, sealed=older)
    out.opens("older key of a later epoch", "older_key", key=third[0], row=third[1], older=row, sealed=third[2])
    theirs = chains["epochs of another case"][0]
    out.opens("older key of another case", "older_key", key=theirs[0], row=theirs[1], older=other.row, sealed=theirs[2])
    out.refused("older key that is not the committed one", "older_key", key=key, row=row, older=case.row,
                sealed=o.seal_older(key, os.urandom(32), case.row, row))
    out.opens("slot of a later epoch", "slot", officer=clerk.officer, box_secret=clerk.box_secret, purpose=1, row=row,
              sealed=f.box(clerk.box, f.slot_plaintext(1, row, clerk.officer, key)))
    out.refused("slot taken away", "slot", officer=legal.officer, box_secret=legal.box_secret, purpose=1, row=row,
                sealed=f.box(Officer().box, os.urandom(128)))
    header = case.header(f.FOLLOW_UP) | {"epoch": 2}
    said = {"reporter_key": row["reporter_key"], "header": header,
            "sealed": f.seal_follow_up(f.receipt_keys(case.digits), row, header, b"{}")}
    out.opens("follow-up of a later epoch", "follow_up", key=key, **said)
    out.refused("follow-up of a later epoch under the old key", "follow_up", key=case.key, **said)


def identity_letters(out, case, roster, people):
    legal, clerk, auditor = people
    request = os.urandom(16)

    def vector(kind, reader, author, text, **other):
        place = {"kind": kind, "case_id": case.row["case_id"], "request": request}
        seed = other.get("seed", author.seed)
        head = letters.head_of(reader=reader.officer, author=author.officer, **place)
        sealed = other.get("sealed") or letters.seal_letter(seed, head, reader.box, text)
        return place | {"officer": reader.officer, "box_secret": reader.box_secret, "roster": roster, "sealed": sealed}

    reason = "ต้องนัดหมาย".encode()
    out.opens("letter, a request", "letter", **vector(letters.REQUEST, clerk, legal, reason))
    out.opens("letter, a decision", "letter", **vector(letters.DECISION, legal, clerk, reason))
    out.opens("letter, a copy", "letter", **vector(letters.COPY, legal, clerk, b"x" * 8058))
    out.opens("letter, an empty copy", "letter", **vector(letters.COPY, legal, clerk, b""))
    out.refused("letter, a copy by a reader without custody", "letter", **vector(letters.COPY, clerk, legal, b"{}"))
    out.refused("letter, a request by who does not read", "letter", **vector(letters.REQUEST, clerk, auditor, b"{}"))
    out.refused("letter in another's name", "letter", **vector(letters.REQUEST, clerk, legal, reason, seed=clerk.seed))
    out.refused("letter, a decoy", "letter",
                **vector(letters.REQUEST, clerk, legal, reason, sealed=f.box(Officer().box, bytes(letters.SIZE))))


def main(path):
    out, instance, key = Vectors(), os.urandom(16), os.urandom(32)
    executive, outside, legal, clerk, auditor = (Officer() for _ in range(5))
    base = {"instance": instance, "roots": [executive.root(), outside.root()], "today": TODAY, "revocations": [],
            "certificates": [certificate(instance, executive, executive, ALL), certificate(instance, outside, outside, ALL)]}
    roster = base | {"certificates": base["certificates"] + [certificate(instance, executive, legal, f.READING),
                                                             certificate(instance, outside, clerk, f.READING | f.CUSTODY),
                                                             certificate(instance, outside, auditor, f.VOUCHING)]}
    digits = f"{int.from_bytes(os.urandom(32), 'little') % 10**26:026d}"
    receipts(out, instance, key, digits)
    officers(out, instance, key, legal)
    rosters(out, instance, executive, outside, base)
    case, other = Case(digits), Case(digits[::-1])
    objects(out, case, other, roster, legal, clerk)
    epochs(out, case, other, roster, (executive, legal, clerk, auditor))
    identity_letters(out, case, roster, (legal, clerk, auditor))
    for c in (case, other):
        stories_of_files(out, c, other, roster, (legal, clerk), " of another case" if c is other else "")
    for bad in (bytes(32), b"\1" + bytes(31), (2**255 - 20).to_bytes(32, "little"), (2**255 - 19).to_bytes(32, "little"),
                legal.box[:31] + bytes([legal.box[31] | 0x80])):
        out.refused("public key " + bad.hex(), "public_key", box=bad)
    out.opens("public key", "public_key", box=legal.box)
    with open(path, "w", encoding="utf-8") as file:
        lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in out)
        file.write(f'{{"format": 1, "made_by": "python", "vectors": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(*sys.argv[1:])
