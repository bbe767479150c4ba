#!/usr/bin/env python3
"""Checks vector files against the independent implementation: what opens gives the same result, what is refused is refused.

usage: reader.py REFUSALS VECTORS...
"""
import base64
import copy
import json
import sys

import sucharit_files as files
import sucharit_format as f
import sucharit_letters as letters
import sucharit_officers as o

ROW_KEYS = ("case_id", "commitment", "identity_commitment", "case_key", "reporter_key", "record_mac")


def unhex(value, *keys):
    return {k: bytes.fromhex(v) if k in keys else v for k, v in value.items()}


def row_of(v, name="row"):
    return unhex(v[name], *ROW_KEYS)


def header_of(v):
    return unhex(v["header"], "case_id", "object_id", "author")


def raw(v, *names):
    return [bytes.fromhex(v[name]) for name in names]


def roster_of(r):
    return o.roster(bytes.fromhex(r["instance"]), [unhex(root, "officer", "box", "sign") for root in r["roots"]],
                    [bytes.fromhex(c) for c in r["certificates"]],
                    [unhex(x, "serial", "issuer", "signature") for x in r["revocations"]], r["today"])


def text(data):
    return {"json": data.decode()}


def receipt(v):
    keys = f.receipt_keys(v["digits"])
    return {"receipt": v["digits"] + f.check_digits(v["digits"]), "lookup": keys["lookup"].hex(),
            "reporter_key": keys["public"].hex(), "record": keys["record"].hex(), "compare": keys["compare"].hex()}


def database_key(v):
    key, instance, wrapped = raw(v, "key", "instance", "wrapped")
    demanded = f.aead_open(f.instance_keys(key)["database_wrap"], instance, wrapped)
    f.demand(len(demanded) == 32)
    return {"database_key": demanded.hex()}


def once(v):
    digits, follow_up = f.open_once(f.instance_keys(bytes.fromhex(v["key"])), v["field"])
    return {"digits": digits, "follow_up_id": follow_up.hex()}


def lookup_tag(v):
    pepper = f.instance_keys(bytes.fromhex(v["key"]))["pepper"]
    return {"tag": f.hashed(f.receipt_keys(v["digits"])["lookup"], key=pepper).hex()}


def compare_tag(v):
    return {"tag": f.hashed(v["text"].encode(), key=f.receipt_keys(v["digits"])["compare"]).hex()}


def record(v):
    f.verify_record(f.receipt_keys(v["digits"]), row_of(v))
    return {}


def epochs(v):
    found = o.current_row(f.receipt_keys(v["digits"]), row_of(v), [bytes.fromhex(c) for c in v["certificates"]],
                          roster_of(v["roster"]))
    return {k: x.hex() if k in ROW_KEYS else x for k, x in found.items()}


def older_key(v):
    key, sealed = raw(v, "key", "sealed")
    return {"key": o.open_older(key, row_of(v), row_of(v, "older"), sealed).hex()}


def slot(v):
    officer, secret, sealed = raw(v, "officer", "box_secret", "sealed")
    return {"key": f.open_slot(officer, secret, v["purpose"], row_of(v), sealed).hex()}


def complaint(v):
    key, sealed = raw(v, "key", "sealed")
    return text(f.open_complaint(key, row_of(v), header_of(v), sealed))


def under_key(open_it):
    return lambda v: text(open_it(*raw(v, "key"), header_of(v), *raw(v, "sealed")))


def follow_up(v):
    key, reporter, sealed = raw(v, "key", "reporter_key", "sealed")
    return text(f.open_follow_up(key, reporter, header_of(v), sealed))


def by_roster(open_it):
    return lambda v: text(open_it(*raw(v, "key"), roster_of(v["roster"]), header_of(v), *raw(v, "sealed")))


def reply_as_reporter(v):
    return text(f.open_reply_as_reporter(f.receipt_keys(v["digits"]), roster_of(v["roster"]), header_of(v),
                                         *raw(v, "sealed")))


def roster(v):
    found = roster_of(v["roster"])
    return {"live": sorted(f"{officer.hex()} {fields['serial'].hex()}" for officer, fields in found["live"].items()),
            "known": sorted({fields["officer"].hex() for fields in found["known"]}), "refused": found["refused"]}


def certificate(v):
    fields = o.decode_certificate(bytes.fromhex(v["certificate"]))
    return {"name": fields["name"], "fingerprint": o.fingerprint(fields)}


def public_key(v):
    f.demand(f.box_key_is_safe(bytes.fromhex(v["box"])))
    return {}


def officer_keys(v):
    officer, salt, box, sign, sealed, key = raw(v, "officer", "salt", "box", "sign", "sealed", "key")
    authentication, wrapping = o.passphrase_keys(v["passphrase"], salt, v["operations"], v["memory"])
    box_secret, seed = o.open_keys(wrapping, officer, v["generation"], box, sign, sealed)
    stored = o.authentication_hash(f.instance_keys(key)["pepper"], officer, authentication)
    return {"box_secret": box_secret.hex(), "sign_seed": seed.hex(), "authentication_hash": stored.hex()}


def session(v):
    identifier, key = o.open_cookie(v["cookie"])
    officer, sealed, instance = raw(v, "officer", "sealed", "key")
    box_secret, seed = o.open_bundle(key, o.keys_in_session(officer, identifier), sealed)
    return {"box_secret": box_secret.hex(), "sign_seed": seed.hex(), "id_hash": o.session_id_hash(identifier).hex(),
            "csrf": o.csrf_token(f.instance_keys(instance)["token"], identifier)}


def place_of(v, purpose):
    officer, box, sign = raw(v, "officer", "box", "sign")
    return o.key_place(officer, purpose, v["generation"], box, sign)


def second_factor(v):
    officer, salt, sealed = raw(v, "officer", "salt", "sealed")
    _, wrapping = o.passphrase_keys(v["passphrase"], salt, v["operations"], v["memory"])
    secret = o.open_second_factor(wrapping, officer, sealed)
    return {"secret": base64.b32encode(secret).decode(), "code": o.totp_code(secret, v["seconds"]),
            "address": o.otpauth(secret, v["issuer"], v["login"])}


def door(v):
    return {"token": o.door_token(f.instance_keys(bytes.fromhex(v["key"]))["token"], v["cookie"])}


def recovery(v):
    officer, sealed, key = raw(v, "officer", "sealed", "key")
    check, wrapping = o.recovery_keys(officer, v["code"])
    box_secret, seed = o.open_recovery(wrapping, place_of(v, 3), sealed)
    stored = o.recovery_check(f.instance_keys(key)["pepper"], officer, check)
    return {"box_secret": box_secret.hex(), "sign_seed": seed.hex(), "check": stored.hex()}


def former_keys(v):
    now, sealed = raw(v, "now", "sealed")
    box_secret, seed = o.open_former(now, place_of(v, 5), sealed)
    return {"box_secret": box_secret.hex(), "sign_seed": seed.hex()}


def known_browser(v):
    key, instance = raw(v, "key", "instance")
    return {"officer": o.known_officer(key, instance, v["token"], v["today"]).hex()}


def mail_address(v):
    key, instance, officer, sealed = raw(v, "key", "instance", "officer", "sealed")
    return {"text": o.open_mail(key, o.mail_place("address", instance, officer), sealed, 256).decode()}


def mail_document(v):
    key, instance, sealed = raw(v, "key", "instance", "sealed")
    return {"text": o.open_mail(key, o.mail_place("document", instance), sealed, 2048).decode()}


def invitation(v):
    code = o.typed_code(v["code"])
    groups = "-".join(code[at:at + 4] for at in range(0, 26, 4))
    return {"code": groups, "hash": o.invitation_hash(f.instance_keys(bytes.fromhex(v["key"]))["pepper"], code).hex()}


def seen(v):
    instance, officer, sign, stored = raw(v, "instance", "officer", "sign", "stored")
    return {"serials": [serial.hex() for serial in o.read_seen(instance, officer, sign, stored)]}


def audit(v):
    entries = [bytes.fromhex(entry) for entry in v["entries"]]
    audit_key = f.instance_keys(bytes.fromhex(v["key"]))["audit"]
    return {"events": [o.decode_entry(entry) for entry in entries], "heads": [h.hex() for h in o.heads(audit_key, entries)],
            "pseudonym": f.hashed(bytes.fromhex(v["case_id"]), key=audit_key).hex()}


def countersignature(v):
    sign, instance, head, signature = raw(v, "sign", "instance", "head", "signature")
    message = o.head_message(instance, v["sequence"], head, v["roster_version"], v["day"])
    f.demand(f.signed(sign, "sucharit/head/v1", message, signature))
    return {}


def letter(v):
    officer, secret, case_id, request, sealed = raw(v, "officer", "box_secret", "case_id", "request", "sealed")
    author, said = letters.open_letter(officer, secret, roster_of(v["roster"]), v["kind"], case_id, request, sealed)
    return {"from": author.hex()} | text(said)


def described(v):
    key, reporter, sealed = raw(v, "key", "reporter_key", "sealed")
    return files.open_description(key, reporter, roster_of(v["roster"]), header_of(v), sealed)


def file_description(v):
    _, length, digest, said = described(v)
    return text(said) | {"length": length, "digest": digest.hex(), "stored": files.stored_length(length)}


def file(v):
    key, length, digest, _ = described(v)
    return {"content": f.hashed(files.open_file(key, header_of(v), length, digest, *raw(v, "stored"))).hex()}


def upload(v):
    case_id, object_id, sealed = raw(v, "case_id", "object_id", "sealed")
    key, length, said = files.open_upload(f.receipt_keys(v["digits"])["uploads"], case_id, object_id, sealed)
    return text(said) | {"key": key.hex(), "length": length}


def recovery_sheet(v):
    instance, key = f.typed_sheet(v["groups"])
    return {"instance": instance.hex(), "key": key.hex(), "groups": f.sheet_groups(instance, key)}


CHECKS = {
    "receipt": receipt, "typed_receipt": lambda v: {"digits": f.typed_receipt(v["typed"])},
    "instance": lambda v: {k: x.hex() for k, x in f.instance_keys(bytes.fromhex(v["key"])).items()},
    "database_key": database_key, "once": once, "lookup_tag": lookup_tag, "compare_tag": compare_tag, "record": record,
    "epochs": epochs, "older_key": older_key, "slot": slot,
    "complaint": complaint, "identity": under_key(f.open_identity), "follow_up": follow_up,
    "move": by_roster(f.open_move), "access": by_roster(f.open_access), "title": by_roster(f.open_title), "reply": by_roster(f.open_reply), "reply_as_reporter": reply_as_reporter,
    "roster": roster, "certificate": certificate, "public_key": public_key, "officer_keys": officer_keys,
    "second_factor": second_factor, "door": door, "recovery": recovery, "former_keys": former_keys,
    "invitation": invitation, "seen": seen, "recovery_sheet": recovery_sheet,
    "session": session, "known_browser": known_browser, "mail_address": mail_address, "mail_document": mail_document, "audit": audit, "countersignature": countersignature,
    "letter": letter, "file_description": file_description, "file": file, "upload": upload,
}


def step(place, name):
    return place[int(name) if isinstance(place, list) else name]


def change(vectors, vector, edits):
    """Applies the edits of a refusal to a copy of the input; see README.md."""
    value = copy.deepcopy(vector["in"])
    for operation, path, *argument in edits:
        *parents, last = path.split(".")
        place = value
        for name in parents:
            place = step(place, name)
        if isinstance(place, list):
            last = int(last)
        if operation == "set":
            place[last] = argument[0]
        elif operation == "copy":  # from another vector, the same path
            source = vectors[argument[0]]["in"]
            for name in path.split("."):
                source = step(source, name)
            place[last] = source
        else:
            data = bytearray.fromhex(place[last])
            if operation == "cut":
                data = data[:len(data) - argument[0]] if argument[0] else data[:0]
            elif operation == "extend":
                data += bytes(argument[0])
            elif operation == "flip":
                data[argument[0]] ^= 1
            elif operation == "swap":  # the first block of that size with the second
                size = argument[0]
                data = data[size:2 * size] + data[:size] + data[2 * size:]
            else:
                raise ValueError(operation)
            place[last] = data.hex()
    if value == vector["in"]:
        raise ValueError("a refusal that changes nothing")
    return value


def result(what, value):
    try:
        return CHECKS[what](value)
    except f.Refused:
        return None


def check(path, refusals):
    with open(path, encoding="utf-8") as file:
        vectors = {vector["name"]: vector for vector in json.load(file)["vectors"]}
    faults = []
    for name, vector in vectors.items():
        expected = vector["out"] if vector["outcome"] == "opens" else None
        if (got := result(vector["what"], vector["in"])) != expected:
            faults.append(f"{path}: {name}: {got} instead of {expected}")
    for refusal in refusals:
        vector = vectors[refusal["like"]]
        if result(vector["what"], change(vectors, vector, refusal["change"])) is not None:
            faults.append(f"{path}: {refusal['like']}, {refusal['note']}: opens")
    print(f"{path}: {len(vectors)} vectors, {len(refusals)} refusals, {len(faults)} faults")
    return faults


def main(refusals_path, *paths):
    with open(refusals_path, encoding="utf-8") as file:
        refusals = json.load(file)["refusals"]
    faults = [fault for path in paths for fault in check(path, refusals)]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
