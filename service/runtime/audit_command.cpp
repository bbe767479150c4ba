#include "service/runtime/audit_command.h"

#include "service/runtime/look.h"
#include "service/runtime/instance.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace runtime {
namespace {

using usecases::AuditFault;

struct Words {
    std::string_view id;
    std::string_view sentence;
};

Words words(AuditFault fault) {
    switch (fault) {
    case AuditFault::altered: return {"altered", "was rewritten: it does not fit its hash"};
    case AuditFault::hash_altered: return {"hash_altered", "stands as it was, but its hash was rewritten"};
    case AuditFault::swapped: return {"swapped", "changed places with entry {}"};
    case AuditFault::added: return {"added", "was put in between"};
    case AuditFault::missing: return {"missing", "is missing"};
    case AuditFault::unproven: return {"unproven", "cannot be checked, because the one before it is missing"};
    case AuditFault::malformed: return {"malformed", "is no entry of a format that this program knows"};
    case AuditFault::misfiled: return {"misfiled", "is filed under another case or object than it names"};
    case AuditFault::signed_otherwise:
        return {"signed_otherwise", "is not what an officer signed: the log was rewritten somewhere after entry {} and up to here"};
    case AuditFault::signature_false: return {"signature_false", "has a countersignature that is not the officer's"};
    case AuditFault::signature_gone: return {"signature_gone", "says that an officer signed, and the signature is gone"};
    case AuditFault::signature_unlogged: return {"signature_unlogged", "an officer's countersignature is not the one that the log names"};
    case AuditFault::roster_set_back:
        return {"roster_set_back", "certificates were set back: an officer signed roster version {}, which is newer than the one that stands"};
    case AuditFault::row_gone: return {"row_gone", "names a certificate, revocation, appointment, ending, epoch, import or version of the settings that is gone or was altered"};
    case AuditFault::row_unlogged: return {"row_unlogged", "stands in the database, and no entry of the log names it"};
    case AuditFault::object_gone: return {"object_gone", "names a sealed object that is gone"};
    case AuditFault::object_altered: return {"object_altered", "names a sealed object that was altered"};
    case AuditFault::object_moved: return {"object_moved", "names a sealed object that lies in another case now"};
    case AuditFault::object_unlogged: return {"object_unlogged", "stands in the database, and no entry of the log names it"};
    }
    return {"", ""};
}

boost::json::object as_json(const usecases::AuditReport &report) {
    boost::json::array findings;
    for (const auto &one : report.findings) {
        boost::json::object out{{"fault", words(one.fault).id}, {"sentence", describe(one)}};
        if (one.sequence != 0)
            out["sequence"] = one.sequence;
        if (!one.about.empty())
            out["about"] = one.about;
        findings.push_back(std::move(out));
    }
    return {{"whole", report.findings.empty()},
            {"entries", report.entries},
            {"waiting", report.waiting},
            {"countersignatures", report.countersignatures},
            {"uncertified_countersignatures", report.uncertified},
            {"objects", report.objects},
            {"head", {{"sequence", report.head.sequence}, {"hash", base::hex(report.head.hash)}}},
            {"signed_up_to", report.signed_up_to},
            {"findings", std::move(findings)}};
}

void print_for_people(const usecases::AuditReport &report) {
    for (const auto &one : report.findings) {
        const std::string number = one.sequence == 0 ? "" : fmt::format("entry {}: ", one.sequence);
        fmt::print("{}{}{}\n", number, describe(one), one.about.empty() ? "" : " (" + one.about + ")");
    }
    fmt::print("{} entries, {} waiting for the night, {} countersignatures, {} sealed objects\n", report.entries, report.waiting,
               report.countersignatures, report.objects);
    if (report.uncertified > 0)
        fmt::print("{} countersignatures are of accounts without a certificate on that day: they prove nothing\n", report.uncertified);
    fmt::print("head: {} {}\nsigned by officers up to entry {}\n{}\n", report.head.sequence, base::hex(report.head.hash),
               report.signed_up_to, report.findings.empty() ? "whole" : "NOT WHOLE");
}

} // namespace

std::string describe(const usecases::AuditFinding &finding) {
    return fmt::format(fmt::runtime(words(finding.fault).sentence), finding.other);
}

int audit_verify(const InspectOptions &options) {
    auto instance = look_at_instance(options.folder, options.credential);
    if (!instance) {
        fmt::print(stderr, "sucharit: {}\n", instance.error());
        return 1;
    }
    if (::isatty(STDERR_FILENO))
        fmt::print(stderr, "reading the audit log and what it speaks of …\n");
    const auto report =
        usecases::verify_audit(instance->look->reads(), instance->audit, instance->roots, base::SystemClock().today());
    if (!report) {
        fmt::print(stderr, "sucharit: {}\n", sentence("the audit log cannot be read", report.error()));
        return 1;
    }
    if (options.json)
        fmt::print("{}\n", boost::json::serialize(as_json(*report)));
    else
        print_for_people(*report);
    return report->findings.empty() ? 0 : 1;
}

} // namespace runtime
