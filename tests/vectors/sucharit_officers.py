"""The second half of crypto/FORMAT.md in Python: certificates, epochs, officers' keys, the audit log."""
import os
import base64
import hmac
import struct
import urllib.parse

from nacl import bindings as na
from nacl.exceptions import CryptoError

from sucharit_format import (READING, VOUCHING, ZERO_ID, Refused, aead, aead_open, b64, box_key_is_safe, commitment, demand,
                             from_b64, hashed, kdf, sign, sign_key_is_safe, signed, verify_record)

# -- certificates

CERTIFICATE = struct.Struct("<B16s16s16s32s32sBii16sH")
FIELDS = ("version", "instance", "serial", "officer", "box", "sign", "rights", "not_before", "not_after", "issuer")


def encode_certificate(fields):
    name = fields["name"].encode()
    return CERTIFICATE.pack(1, *(fields[field] for field in FIELDS[1:]), len(name)) + name


def is_name(data):
    try:
        name = data.decode()
    except UnicodeDecodeError:
        return False
    return 1 <= len(data) <= 200 and not any(ord(c) < 0x20 or 0x7f <= ord(c) <= 0x9f for c in name)


def decode_certificate(stored):
    demand(len(stored) >= CERTIFICATE.size + 64)
    encoded, signature = stored[:-64], stored[-64:]
    *values, size = CERTIFICATE.unpack_from(encoded)
    fields = dict(zip(FIELDS, values))
    name = encoded[CERTIFICATE.size:]
    demand(fields["version"] == 1 and len(name) == size and is_name(name) and fields["rights"] < 8
           and fields["not_before"] <= fields["not_after"] and ZERO_ID not in (fields["officer"], fields["issuer"]))
    return fields | {"name": name.decode(), "encoded": encoded, "signature": signature}


def revocation_message(instance, revocation):
    return instance + revocation["serial"] + struct.pack("<i", revocation["day"]) + revocation["issuer"]


def is_sound(fields, instance, roots):
    if fields["instance"] != instance or not box_key_is_safe(fields["box"]) or not sign_key_is_safe(fields["sign"]):
        return False
    root = next((root for root in roots if root["officer"] == fields["officer"]), None)
    if root:
        return (root["box"], root["sign"]) == (fields["box"], fields["sign"])
    return True


def signature_holds(fields, key):
    return signed(key, "sucharit/cert/v1", fields["encoded"], fields["signature"])


def may_issue(i, c, roots):
    if c["issuer"] != c["officer"]:
        return i["rights"] & VOUCHING
    return c["officer"] not in roots and i["name"] == c["name"] and not c["rights"] & ~i["rights"] and c["not_after"] <= i["not_after"]


def accepted(candidates, roots, revoked, today):
    """[(fields, live)] of those that lead up to a root; one step further in each round."""
    def own_days(c):
        return c["not_before"] <= today <= c["not_after"] and c["serial"] not in revoked

    found = {id(c): own_days(c) for c in candidates
             if c["officer"] in roots and c["issuer"] == c["officer"] and signature_holds(c, c["sign"])}
    for _ in range(8):
        step = {}
        for c in candidates:
            for i in candidates:
                if (id(i) in found and i["officer"] == c["issuer"] and may_issue(i, c, roots)
                        and i["not_before"] <= c["not_before"] <= i["not_after"]
                        and c["not_before"] <= revoked.get(i["serial"], c["not_before"]) and signature_holds(c, i["sign"])):
                    step[id(c)] = step.get(id(c), False) or (found[id(i)] and own_days(c))
        for key, live in step.items():
            found[key] = found.get(key, False) or live
    return [(c, found[id(c)]) for c in candidates if id(c) in found]


def standing_revocations(candidates, known, instance, revocations):
    out = {}
    for r in sorted(revocations, key=lambda r: (r["day"], r["serial"])):
        owners = {c["officer"] for c in known if c["serial"] == r["serial"]}
        for c in known:
            may = c["officer"] == r["issuer"] and (c["rights"] & VOUCHING or c["officer"] in owners)
            if (may and not out.get(c["serial"], r["day"]) < r["day"]
                    and signed(c["sign"], "sucharit/revoke/v1", revocation_message(instance, r), r["signature"])):
                out.setdefault(r["serial"], r["day"])
                break
    return out


def roster(instance, roots, certificates, revocations, today):
    """{"live": {officer: fields}, "known": [fields], "refused": number}"""
    candidates, bad = [], 0
    for stored in certificates:
        try:
            fields = decode_certificate(stored)
            demand(is_sound(fields, instance, roots))
            candidates.append(fields)
        except Refused:
            bad += 1
    root_ids = {root["officer"] for root in roots}
    first = [c for c, _ in accepted(candidates, root_ids, {}, today)]
    revoked = standing_revocations(candidates, first, instance, revocations)
    held = accepted(candidates, root_ids, revoked, today)
    live = {}
    for fields, is_live in sorted(held, key=lambda held: (held[0]["not_before"], held[0]["serial"])):
        if is_live:
            live[fields["officer"]] = fields
    return {"live": live, "known": [fields for fields, _ in held], "refused": bad + len(candidates) - len(held)}


def fingerprint(fields):
    digits = hashed(b"sucharit/fingerprint/v1", fields["box"], fields["sign"], size=16).hex()
    return " ".join(digits[i:i + 4] for i in range(0, 32, 4))


# -- epochs

EPOCH = struct.Struct("<B16sI32s32s16s32s")


def encode_epoch(row, author, previous):
    return EPOCH.pack(1, row["case_id"], row["epoch"], row["case_key"], row["commitment"], author, previous)


def record_digest(row):
    fields = ("commitment", "identity_commitment", "case_key", "reporter_key", "record_mac")
    return hashed(b"sucharit/record/v1", struct.pack("<B16sI", 1, row["case_id"], row["epoch"]), *(row[k] for k in fields))


def epochs(first, certificates, found):
    """The rows of all epochs."""
    demand(first["epoch"] == 1)
    rows, before = [first], record_digest(first)
    for stored in certificates:
        demand(len(stored) == EPOCH.size + 64)
        encoded, signature = stored[:-64], stored[-64:]
        version, case_id, epoch, case_key, committed, author, previous = EPOCH.unpack(encoded)
        demand(version == 1 and case_id == first["case_id"] and epoch == rows[-1]["epoch"] + 1 and author != ZERO_ID
               and previous == before and box_key_is_safe(case_key))
        readers = [c for c in found["known"] if c["officer"] == author and c["rights"] & READING]
        demand(any(signed(c["sign"], "sucharit/epoch/v1", encoded, signature) for c in readers))
        rows.append(first | {"epoch": epoch, "case_key": case_key, "commitment": committed})
        before = hashed(stored)
    return rows


def current_row(keys, first, certificates, found):
    verify_record(keys, first)
    return epochs(first, certificates, found)[-1]


def older_place(older, newer):
    return older["case_id"] + struct.pack("<II", older["epoch"], newer["epoch"])


def seal_older(key, older_key, older, newer):
    return aead(kdf(key, "scrtcase", 6), older_place(older, newer), older_key)


def open_older(key, newer, older, sealed):
    def commits(row, k):
        return commitment(k, "scrtcase", row["case_id"], row["epoch"]) == row["commitment"]

    demand(newer["case_id"] == older["case_id"] and newer["epoch"] == older["epoch"] + 1 and newer["epoch"] >= 2
           and commits(newer, key))
    older_key = aead_open(kdf(key, "scrtcase", 6), older_place(older, newer), sealed)
    demand(len(older_key) == 32 and commits(older, older_key))
    return older_key


# -- officers' keys

def passphrase_keys(passphrase, salt, operations, memory):
    root = na.crypto_pwhash_alg(32, passphrase.encode(), salt, operations, memory, na.crypto_pwhash_ALG_ARGON2ID13)
    return kdf(root, "scrtpass", 1), kdf(root, "scrtpass", 2)


def authentication_hash(pepper, officer, authentication):
    return hashed(b"sucharit/authentication/v1", officer, authentication, key=pepper)


def keys_at_rest(officer, generation, box_public, sign_public):
    return key_place(officer, 1, generation, box_public, sign_public)


def second_factor_place(officer):
    return struct.pack("<B16sB", 1, officer, 4)


def open_second_factor(wrapping, officer, sealed):
    secret = aead_open(wrapping, second_factor_place(officer), sealed)
    demand(len(secret) == 20)
    return secret


def totp_code(secret, seconds):
    mac = hmac.digest(secret, struct.pack(">Q", seconds // 30), "sha1")
    place = mac[19] & 15
    return f"{(int.from_bytes(mac[place:place + 4], 'big') & 0x7fffffff) % 10**6:06d}"


def otpauth(secret, issuer, login):
    name, text = urllib.parse.quote(issuer, safe="-._~"), base64.b32encode(secret).decode()
    return (f"otpauth://totp/{name}:{urllib.parse.quote(login, safe='-._~')}?secret={text}&issuer={name}")


def door_token(token_key, cookie):
    data = from_b64(cookie)
    demand(len(data) == 16)
    return b64(hashed(b"sucharit/door/v1", data, key=token_key))


def session_id_hash(session):
    return hashed(b"sucharit/session/v1", session)


def keys_in_session(officer, session):
    return struct.pack("<B16sB32s", 1, officer, 2, session_id_hash(session))


def seal_bundle(key, ad, box_secret, sign_seed):
    return aead(key, ad, box_secret + sign_seed)


def open_bundle(key, ad, sealed):
    plain = aead_open(key, ad, sealed)
    demand(len(plain) == 64)
    return plain[:32], plain[32:]


def open_keys(wrapping, officer, generation, box_public, sign_public, sealed):
    box_secret, seed = open_bundle(wrapping, keys_at_rest(officer, generation, box_public, sign_public), sealed)
    demand(na.crypto_scalarmult_base(box_secret) == box_public and na.crypto_sign_seed_keypair(seed)[0] == sign_public)
    return box_secret, seed


def key_place(officer, purpose, generation, box_public, sign_public):
    return struct.pack("<B16sBI32s32s", 1, officer, purpose, generation, box_public, sign_public)


def recovery_keys(officer, code):
    root = hashed(b"sucharit/recovery/v1", officer, code.replace("-", "").encode())
    return kdf(root, "scrtreco", 1), kdf(root, "scrtreco", 2)


def recovery_check(pepper, officer, check):
    return hashed(b"sucharit/recovery-check/v1", officer, check, key=pepper)


def seal_former(box_secret, place, old_secret, old_seed):
    nonce = os.urandom(24)
    return nonce + na.crypto_box(place + old_secret + old_seed, nonce, na.crypto_scalarmult_base(box_secret), box_secret)


def open_former(box_secret, place, sealed):
    demand(len(sealed) == 190)
    try:
        plain = na.crypto_box_open(sealed[24:], sealed[:24], na.crypto_scalarmult_base(box_secret), box_secret)
    except CryptoError as error:
        raise Refused from error
    demand(plain[:len(place)] == place)
    return own_bundle(plain[len(place):], place)


def own_bundle(plain, place):
    box_secret, seed = plain[:32], plain[32:]
    demand(na.crypto_scalarmult_base(box_secret) + na.crypto_sign_seed_keypair(seed)[0] == place[-64:])
    return box_secret, seed


def open_recovery(wrapping, place, sealed):
    plain = aead_open(wrapping, place, sealed)
    demand(len(plain) == 64)
    return own_bundle(plain, place)


def open_cookie(cookie):
    data = from_b64(cookie)
    demand(len(data) == 48)
    return data[:16], data[16:]


def known_place(instance):
    return b"sucharit/known-browser/v1" + instance


def make_known(key, instance, officer, last_day):
    return b64(aead(kdf(key, "scrtinst", 7), known_place(instance), officer + struct.pack("<i", last_day)))


def known_officer(key, instance, token, today):
    plain = aead_open(kdf(key, "scrtinst", 7), known_place(instance), from_b64(token))
    demand(len(plain) == 20 and plain[:16] != ZERO_ID and today <= struct.unpack("<i", plain[16:])[0])
    return plain[:16]


def mail_place(kind, instance, officer=b""):
    return {"address": b"sucharit/mail-address/v1", "document": b"sucharit/mail/v1"}[kind] + instance + officer


def seal_mail(key, place, text, size):
    plain = struct.pack("<H", len(text)) + text
    return aead(kdf(key, "scrtinst", 8), place, plain.ljust(size, b"\0"))


def open_mail(key, place, sealed, size):
    plain = aead_open(kdf(key, "scrtinst", 8), place, sealed)
    length = struct.unpack("<H", plain[:2])[0]
    demand(len(plain) == size and length <= size - 2 and not any(plain[2 + length:]))
    return plain[2:2 + length]


def csrf_token(token_key, session):
    return b64(hashed(session, key=token_key))


# -- accounts

CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def typed_code(typed):
    code = typed.upper().replace(" ", "").replace("-", "").replace("\t", "")
    code = code.replace("I", "1").replace("L", "1").replace("O", "0")
    demand(typed.isascii() and len(code) == 26 and set(code) <= set(CODE))
    return code


def invitation_hash(pepper, code):
    return hashed(b"sucharit/invitation/v1", code.encode(), key=pepper)


def seal_seen(seed, instance, officer, serials):
    joined = b"".join(sorted(serials))
    return joined + sign(seed, "sucharit/seen/v1", instance + officer + joined)


def read_seen(instance, officer, key, stored):
    demand(len(stored) >= 64 and len(stored) % 16 == 0)
    joined, signature = stored[:-64], stored[-64:]
    demand(signed(key, "sucharit/seen/v1", instance + officer + joined, signature))
    serials = [joined[at:at + 16] for at in range(0, len(joined), 16)]
    demand(serials == sorted(set(serials)))
    return serials


# -- audit log

ENTRY = struct.Struct("<BHiq16s32s16s32s")
EVENTS = {*range(1, 19), *range(20, 28), *range(30, 45), 50}


def encode_entry(event, day, time=0, actor=ZERO_ID, subject=bytes(32), object_id=ZERO_ID, digest=bytes(32)):
    return ENTRY.pack(1, event, day, time, actor, subject, object_id, digest)


def decode_entry(data):
    demand(len(data) == ENTRY.size)
    version, event, day, time, actor, *_ = ENTRY.unpack(data)
    demand(version == 1 and event in EVENTS and not (event in (20, 21, 24) and (time or actor != ZERO_ID)))
    return event


def heads(audit_key, entries):
    out, head = [], bytes(32)
    for number, entry in enumerate(entries, 1):
        head = hashed(b"sucharit/audit/v1", struct.pack("<Q", number), head, entry, key=audit_key)
        out.append(head)
    return out


def head_message(instance, sequence, head, roster_version, day):
    return instance + struct.pack("<Q", sequence) + head + struct.pack("<Qi", roster_version, day)
