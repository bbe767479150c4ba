"""The byte format of crypto/FORMAT.md, written from that page alone: shares no code with the C++.

BLAKE2b comes from Python's hashlib, the rest from python3-nacl. What may not be opened raises Refused.
"""
import base64
import hashlib
import os
import re
import struct

from nacl import bindings as na
from nacl import exceptions

COMPLAINT, IDENTITY, FOLLOW_UP, REPLY, MOVE, ACCESS, FILE, TITLE = 1, 2, 3, 4, 5, 6, 7, 8
READING, CUSTODY, VOUCHING = 1, 2, 4
ZERO_ID = bytes(16)


class Refused(Exception):
    pass


def demand(condition):
    if not condition:
        raise Refused


# -- primitives

def hashed(*parts, key=b"", size=32):
    return hashlib.blake2b(b"".join(parts), digest_size=size, key=key).digest()


def kdf(parent, context, number):
    return hashlib.blake2b(b"", digest_size=32, key=parent, salt=struct.pack("<QQ", number, 0),
                           person=context.encode() + bytes(8)).digest()


def aead(key, ad, message):
    nonce = os.urandom(24)
    return nonce + na.crypto_aead_xchacha20poly1305_ietf_encrypt(message, ad, nonce, key)


def aead_open(key, ad, sealed):
    demand(len(sealed) >= 40)
    try:
        return na.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[24:], ad, sealed[:24], key)
    except exceptions.CryptoError:
        raise Refused from None


def box_key_is_safe(key):
    if len(key) != 32 or int.from_bytes(key, "little") >= 2**255 - 19:
        return False
    try:
        return any(na.crypto_scalarmult(b"\1" + bytes(31), key))
    except exceptions.RuntimeError:
        return False


def sign_key_is_safe(key):
    return na.crypto_core_ed25519_is_valid_point(key)


def box(to, message):
    demand(box_key_is_safe(to))
    return na.crypto_box_seal(message, to)


def box_open(secret, sealed):
    demand(len(sealed) >= 48)
    try:
        return na.crypto_box_seal_open(sealed, na.crypto_scalarmult_base(secret), secret)
    except exceptions.CryptoError:
        raise Refused from None


def auth_box(secret, to, message):
    demand(box_key_is_safe(to))
    nonce = os.urandom(24)
    return nonce + na.crypto_box(message, nonce, to, secret)


def auth_box_open(secret, sender, boxed):
    demand(len(boxed) >= 40 and box_key_is_safe(sender))
    try:
        return na.crypto_box_open(boxed[24:], boxed[:24], sender, secret)
    except exceptions.CryptoError:
        raise Refused from None


def box_pair(seed):
    secret = hashlib.sha512(seed).digest()[:32]
    return na.crypto_scalarmult_base(secret), secret


def sign(seed, domain, message):
    _, secret = na.crypto_sign_seed_keypair(seed)
    return na.crypto_sign(domain.encode() + b"\0" + message, secret)[:64]


def signed(public, domain, message, signature):
    try:
        na.crypto_sign_open(signature + domain.encode() + b"\0" + message, public)
        return True
    except exceptions.CryptoError:
        return False


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_b64(text):
    demand(re.fullmatch(r"[A-Za-z0-9_-]*", text) and len(text) % 4 != 1)
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    demand(b64(data) == text)
    return data


# -- receipt and token

def check_digits(digits):
    return f"{98 - int(digits) * 100 % 97:02d}"


def typed_digits(text):
    separators = " \t\r\n-\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
    digits = "".join(c for c in text if c not in separators)
    return digits.translate({0x0e50 + i: str(i) for i in range(10)})


def typed_receipt(text):
    digits = typed_digits(text)
    demand(re.fullmatch(r"[0-9]{28}", digits) and digits[26:] == check_digits(digits[:26]))
    return digits[:26]


def group_check(number, digits):
    return check_digits(f"{number:02d}{digits}")


def sheet_groups(instance, key):
    data, out = instance + key, []
    for number in range(1, 13):
        digits = f"{int.from_bytes(data[4 * number - 4:4 * number], 'big'):010d}"
        digits += group_check(number, digits)
        out.append(" ".join(digits[at:at + 4] for at in range(0, 12, 4)))
    return out


def typed_sheet(groups):
    demand(len(groups) == 12)
    data = b""
    for number, typed in enumerate(groups, 1):
        digits = typed_digits(typed)
        demand(re.fullmatch(r"[0-9]{12}", digits) and digits[10:] == group_check(number, digits[:10]))
        demand(int(digits[:10]) < 1 << 32)
        data += int(digits[:10]).to_bytes(4, "big")
    return data[:16], data[16:]


def receipt_keys(digits):
    root = hashed(b"sucharit/receipt/v1", digits.encode())
    public, secret = box_pair(kdf(root, "scrtrcpt", 2))
    return {"lookup": kdf(root, "scrtrcpt", 1), "public": public, "secret": secret,
            "record": kdf(root, "scrtrcpt", 3), "compare": kdf(root, "scrtrcpt", 4), "uploads": kdf(root, "scrtrcpt", 5)}


INSTANCE_KEYS = ("database_wrap", "pepper", "audit", "once_mac", "receipt_source", "token")


def instance_keys(key):
    return {name: kdf(key, "scrtinst", number) for number, name in enumerate(INSTANCE_KEYS, 1)}


def make_once(instance, expiry_hours):
    random = os.urandom(16)
    expiry = struct.pack("<I", expiry_hours)
    return b64(random + expiry + hashed(random, expiry, key=instance["once_mac"], size=16))


def open_once(instance, field):
    data = from_b64(field)
    demand(len(data) == 36 and data[20:] == hashed(data[:20], key=instance["once_mac"], size=16))
    wide = int.from_bytes(hashed(data[:16], key=instance["receipt_source"], size=64), "little")
    digits = f"{wide % 10**26:026d}"
    return digits, hashed(b"sucharit/follow-up/v1", data[:16], key=receipt_keys(digits)["compare"], size=16)


# -- row, slot

def commitment(key, context, case_id, epoch):
    return hashed(case_id, struct.pack("<I", epoch), key=kdf(key, context, 2))


def case_pair(key):
    return box_pair(kdf(key, "scrtcase", 3))


def record_mac(keys, row):
    return hashed(b"\1", row["case_id"], struct.pack("<I", row["epoch"]), row["case_key"], row["reporter_key"],
                  key=keys["record"])


def verify_record(keys, row):
    demand(row["reporter_key"] == keys["public"] and box_key_is_safe(row["case_key"])
           and row["record_mac"] == record_mac(keys, row))


def slot_plaintext(purpose, row, officer, key):
    fields = struct.pack("<BB16sI16s32s", 1, purpose, row["case_id"], row["epoch"], officer, key)
    return fields + bytes(128 - len(fields))


def open_slot(officer, box_secret, purpose, row, sealed):
    demand(len(sealed) == 176)
    plain = box_open(box_secret, sealed)
    key = plain[38:70]
    context, committed = ("scrtcase", "commitment") if purpose == 1 else ("scrtiden", "identity_commitment")
    demand(plain == slot_plaintext(purpose, row, officer, key)
           and commitment(key, context, row["case_id"], row["epoch"]) == row[committed])
    return key


# -- objects

def associated(header):
    return struct.pack("<BB16s16sI16s", 1, header["kind"], header["case_id"], header["object_id"], header["epoch"],
                       header["author"])


def pad(kind, message):
    for size in (4096, 16384, 65536):
        fits = len(message) + 4 <= size
        if fits and not (kind == COMPLAINT and size == 4096) and not (kind == IDENTITY and size != 4096):
            return struct.pack("<I", len(message)) + message + bytes(size - 4 - len(message))
    raise Refused


def unpad(padded):
    demand(len(padded) in (4096, 16384, 65536))
    size, = struct.unpack_from("<I", padded)
    demand(size <= len(padded) - 4 and not any(padded[4 + size:]))
    return padded[4:4 + size]


def demand_kind(header, kind):
    demand(header["kind"] == kind and (header["author"] == ZERO_ID) == (kind in (COMPLAINT, IDENTITY, FOLLOW_UP)))


def seal_padded(key, header, message):
    return aead(key, associated(header), pad(header["kind"], message))


def open_padded(key, header, sealed):
    return unpad(aead_open(key, associated(header), sealed))


def open_complaint(key, row, header, sealed):
    demand_kind(header, COMPLAINT)
    demand(header["case_id"] == row["case_id"])
    plain = open_padded(kdf(key, "scrtcase", 1), header, sealed)
    demand(len(plain) >= 32 and plain[:32] == row["reporter_key"] and box_key_is_safe(plain[:32]))
    return plain[32:]


def open_identity(key, header, sealed):
    demand_kind(header, IDENTITY)
    return open_padded(kdf(key, "scrtiden", 1), header, sealed)


def seal_follow_up(keys, row, header, text):
    key = os.urandom(32)
    return box(row["case_key"], auth_box(keys["secret"], row["case_key"], key)) + seal_padded(key, header, text)


def open_follow_up(key, reporter, header, sealed):
    demand_kind(header, FOLLOW_UP)
    secret = case_pair(key)[1]
    message = auth_box_open(secret, reporter, box_open(secret, sealed[:120]))
    demand(len(message) == 32)
    return open_padded(message, header, sealed[120:])


def signed_message(header, text):
    return header["case_id"] + header["object_id"] + struct.pack("<I", header["epoch"]) + text


def verified(roster, domain, header, inside):
    demand(len(inside) >= 64)
    demand(any(signed(fields["sign"], domain, signed_message(header, inside[64:]), inside[:64])
               for fields in roster["known"] if fields["officer"] == header["author"]))
    return inside[64:]


def seal_move(key, seed, header, text):
    return seal_padded(kdf(key, "scrtcase", 4), header, sign(seed, "sucharit/move/v1", signed_message(header, text)) + text)


def open_move(key, roster, header, sealed):
    demand_kind(header, MOVE)
    return verified(roster, "sucharit/move/v1", header, open_padded(kdf(key, "scrtcase", 4), header, sealed))


def seal_access(key, seed, header, text):
    return seal_padded(kdf(key, "scrtcase", 7), header, sign(seed, "sucharit/access/v1", signed_message(header, text)) + text)


def open_access(key, roster, header, sealed):
    demand_kind(header, ACCESS)
    return verified(roster, "sucharit/access/v1", header, open_padded(kdf(key, "scrtcase", 7), header, sealed))


def seal_title(key, seed, header, text):
    return seal_padded(kdf(key, "scrtcase", 11), header, sign(seed, "sucharit/title/v1", signed_message(header, text)) + text)


def open_title(key, roster, header, sealed):
    demand_kind(header, TITLE)
    return verified(roster, "sucharit/title/v1", header, open_padded(kdf(key, "scrtcase", 11), header, sealed))


def seal_reply(key, seed, header, reporter, text):
    message, ad = os.urandom(32), associated(header)
    inside = sign(seed, "sucharit/reply/v1", signed_message(header, text)) + text
    return (box(reporter, message) + aead(kdf(key, "scrtcase", 5), ad, message) + hashed(ad, key=message)
            + seal_padded(message, header, inside))


def open_reply_with(message, roster, header, sealed):
    demand(len(message) == 32 and sealed[152:184] == hashed(associated(header), key=message))
    return verified(roster, "sucharit/reply/v1", header, open_padded(message, header, sealed[184:]))


def open_reply(key, roster, header, sealed):
    demand_kind(header, REPLY)
    return open_reply_with(aead_open(kdf(key, "scrtcase", 5), associated(header), sealed[80:152]), roster, header, sealed)


def open_reply_as_reporter(keys, roster, header, sealed):
    demand(header["kind"] == REPLY)
    return open_reply_with(box_open(keys["secret"], sealed[:80]), roster, header, sealed)
