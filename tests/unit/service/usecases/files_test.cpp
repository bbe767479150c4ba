// Files of a case: attached by officers, and what of either side's files they see; and what happens to whoever lays hands on one.
#include "service/usecases/officer/triage.h"
#include "tests/unit/service/usecases/forwarding.h"
#include "tests/unit/service/usecases/tampering.h"

#include <fstream>

namespace {

using namespace usecases_test;
using domain::Metadata, domain::Purpose;
namespace fs = std::filesystem;

class CaseFiles : public Tampering {
protected:
    CaseFiles() : receipt(file()), id(case_of(legal)) {}

    const std::string longer = "text " + std::string(150'000, 'x') + "end"; // three chunks, and zeros

    std::vector<usecases::CaseFile> files(const Person &who) { return open(who, id)->files; }
    std::string only(const Person &who) { return files(who).at(0).id.text(); }
    base::Result<FileReading> reading(const Person &who, const std::string &case_id, const std::string &file,
                                      FileUse use = FileUse::download) {
        auto context = officer();
        return open_file(*MayReadFiles::check(who.actor()), context, session(who), case_id, file, use);
    }
    base::Result<FileOfCase> page(const Person &who, const std::string &case_id, const std::string &file) {
        auto context = officer();
        return file_of_case(*MayReadFiles::check(who.actor()), context, session(who), case_id, file);
    }
    static std::string whole(FileReading &from, std::uint64_t begin = 0) {
        std::string out;
        base::Bytes part(100'000);
        while (begin < from.length()) {
            const auto read = from.read(begin, part);
            if (!read)
                return "broken off";
            out += base::text(base::View(part).first(*read));
            begin += *read;
        }
        return out;
    }
    std::string content(const Person &who, const std::string &file) {
        auto opened = reading(who, id, file);
        return opened ? whole(*opened) : "refused";
    }
    // What lies on the disk, complete.
    std::vector<fs::path> stored() {
        std::vector<fs::path> out;
        for (const auto &entry : fs::recursive_directory_iterator(folder / "files"))
            if (entry.is_regular_file() && entry.path().parent_path().filename() != "parts")
                out.push_back(entry.path());
        return out;
    }
    static void flip(const fs::path &path, std::uint64_t at) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 1);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
    }
    std::int64_t logged(crypto::AuditEvent event) {
        auto behind = database();
        auto rows = behind.query("SELECT entry FROM audit");
        std::int64_t out = 0;
        while (rows->next().value_or(false))
            out += crypto::AuditEntry::decode(rows->bytes())->event == event;
        return out;
    }
    // Refused, whoever asks and however, and the page of the file says so.
    void is_damaged(const std::string &file) {
        EXPECT_TRUE(fails_with(reading(legal, id, file), Code::refused));
        const auto shown = page(legal, id, file);
        ASSERT_TRUE(shown) << "the case itself opens";
        EXPECT_FALSE(shown->file.whole);
    }

    std::string receipt, id;
};

TEST_F(CaseFiles, OfBothSidesStandInTheCaseWithAllThatIsKnown) {
    ASSERT_TRUE(send(receipt, "ภาพ.jpg", "JPEG pixels EXIF: somewhere"));
    ++clock.time;
    ASSERT_TRUE(attach(head, id, "../หนังสือ.txt", longer, Purpose::letter));
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    ASSERT_EQ(view->files.size(), 2U);
    const auto &theirs = view->files[0], &ours = view->files[1];
    EXPECT_EQ(theirs.record.name, "ภาพ.jpg");
    EXPECT_EQ(theirs.record.type, "image/jpeg");
    EXPECT_EQ(theirs.record.metadata, Metadata::removed);
    EXPECT_TRUE(theirs.who.empty() && theirs.record.as.empty());
    EXPECT_FALSE(theirs.time) << "no time of day of a reporter";
    EXPECT_EQ(theirs.length, std::string("JPEG pixels ").size());
    EXPECT_EQ(ours.record.purpose, Purpose::letter);
    EXPECT_EQ(ours.record.as, as(head));
    EXPECT_EQ(ours.who, head.name);
    EXPECT_EQ(ours.time, clock.time);
    EXPECT_EQ(ours.length, longer.size());
    EXPECT_TRUE(theirs.whole && ours.whole);
    EXPECT_EQ(content(head, theirs.id.text()), "JPEG pixels ");
    EXPECT_TRUE(content(head, ours.id.text()) == longer);
    std::vector<std::string> events;
    for (const HistoryEntry &entry : view->history)
        events.push_back(entry.event);
    EXPECT_EQ(events, (std::vector<std::string>{"filed", "file_attached", "file_added"})) << "the reporter's at the end of its day";
    EXPECT_EQ(view->history[2].text, "ภาพ.jpg");
}

TEST_F(CaseFiles, OfOneSenderAndDayAreOneEntryOfTheHistory) {
    for (const char *name : {"ข.txt", "ก.txt", "ค.txt"})
        ASSERT_TRUE(send(receipt, name, "text"));
    for (const char *name : {"z.txt", "a.txt"}) {
        ++clock.time;
        ASSERT_TRUE(attach(legal, id, name, "text", Purpose::other));
    }
    ASSERT_TRUE(attach(head, id, "h.txt", "text", Purpose::other));
    clock.next_day();
    ASSERT_TRUE(send(receipt, "ก่อน.txt", "text"));
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    std::vector<std::pair<std::string, std::size_t>> entries;
    for (const HistoryEntry &entry : view->history)
        entries.emplace_back(entry.event, entry.files);
    EXPECT_EQ(entries, (std::vector<std::pair<std::string, std::size_t>>{
                           {"filed", 0}, {"file_attached", 2}, {"file_attached", 1}, {"file_added", 3}, {"file_added", 1}}));
    EXPECT_FALSE(view->history[1].time) << "of several there is no one time";
    EXPECT_TRUE(view->history[1].text.empty() && view->history[3].text.empty());
    EXPECT_EQ(view->history[2].who, head.name);
    EXPECT_TRUE(view->history[2].time);
    EXPECT_EQ(view->history[4].text, "ก่อน.txt");
    std::vector<std::string> names;
    for (const CaseFile &file : view->files)
        names.push_back(file.record.name);
    EXPECT_EQ(names, (std::vector<std::string>{"ก.txt", "ข.txt", "ค.txt", "z.txt", "a.txt", "h.txt", "ก่อน.txt"}))
        << "a reporter's by name, officers' as they came";
}

TEST_F(CaseFiles, OfAReporterAreNewsUntilAnOfficerActs) {
    ASSERT_TRUE(answer(legal, id, "ได้รับแล้ว"));
    clock.next_day();
    EXPECT_FALSE(queue_of(legal).rows[0].news);
    ASSERT_TRUE(send(receipt, "a.txt", "text"));
    EXPECT_TRUE(queue_of(legal).rows[0].news);
    EXPECT_EQ(queue_of(legal).rows[0].last_from_reporter, clock.today());
    clock.next_day();
    ASSERT_TRUE(attach(legal, id, "b.txt", "text", Purpose::other));
    EXPECT_FALSE(queue_of(legal).rows[0].news) << "to attach is to act";
}

TEST_F(CaseFiles, OfAReporterAreNotThereBeforeTheirDay) {
    policy.queue_delay_days = 1;
    ASSERT_TRUE(send(receipt, "a.txt", "text"));
    EXPECT_TRUE(files(legal).empty());
    policy.queue_delay_days = 0;
    auto rows = officer_reads->files().files(*base::CaseId::from_text(id));
    ASSERT_TRUE(rows && rows->size() == 1);
    const std::string hidden = rows->front().file.text();
    EXPECT_TRUE(fails_with(reading(legal, id, hidden), Code::not_found));
    EXPECT_TRUE(fails_with(page(legal, id, hidden), Code::not_found));
    EXPECT_EQ(logged(crypto::AuditEvent::file_opened), 0);
    clock.next_day();
    EXPECT_EQ(content(legal, hidden), "text");
}

TEST_F(CaseFiles, WhatTheReporterSendsMakesAFormStaleThatBuriesTheCase) {
    auto form = MoveForm{"set_aside", 1, whole_form("set_aside"), 0, void_notice};
    ASSERT_TRUE(send(receipt, "a.txt", "text"));
    EXPECT_TRUE(refused(move_at(legal, id, form), ActRefused::Why::stale));
    ASSERT_TRUE(move(legal, id, "set_aside"));
    auto context = officer();
    const auto pile = pile_page(*MayReadFiles::check(clerk.actor()), context, session(clerk), Pile::proposed, 1);
    for (const PileItem &item : pile->items)
        EXPECT_EQ(item.files, 1U);
}

TEST_F(CaseFiles, AreReadFromAnyByteOn) {
    ASSERT_TRUE(attach(legal, id, "a.txt", longer));
    auto opened = reading(legal, id, only(legal));
    ASSERT_TRUE(opened);
    for (const std::uint64_t begin : {std::uint64_t{65'535}, std::uint64_t{65'536}, std::uint64_t{131'072}, std::uint64_t{1},
                                      std::uint64_t{longer.size() - 1}})
        EXPECT_EQ(whole(*opened, begin), longer.substr(begin)) << begin;
}

TEST_F(CaseFiles, AnEmptyOneIsNoFileAndAShortOneIs) {
    EXPECT_EQ(attach(legal, id, "", "").error(), domain::FileFault::empty);
    ASSERT_TRUE(attach(legal, id, "", "t"));
    EXPECT_TRUE(files(legal).at(0).whole);
    EXPECT_EQ(content(legal, only(legal)), "t");
}

TEST_F(CaseFiles, EveryOpeningIsInTheLogBeforeAByteIsGiven) {
    ASSERT_TRUE(attach(legal, id, "a.jpg", "JPEG"));
    const auto file = only(legal);
    EXPECT_EQ(logged(crypto::AuditEvent::file_attached), 1);
    for (const FileUse use : {FileUse::view, FileUse::download})
        ASSERT_TRUE(reading(head, id, file, use));
    EXPECT_EQ(logged(crypto::AuditEvent::file_opened), 2);
    struct NoLog : Forwarding {
        using Forwarding::Forwarding;
        base::Result<> append_audit(std::vector<crypto::AuditEntry>) override { return base::fail(Code::storage_failed, "full"); }
    } writes{store->officer_writes()};
    const auto who = session(head);
    OfficerContext context{keys, clock, policy, agency(), *officer_reads, writes, sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
    EXPECT_TRUE(fails_with(open_file(*MayReadFiles::check(head.actor()), context, who, id, file, FileUse::view), Code::storage_failed));
}

TEST_F(CaseFiles, OnlyPicturesAndSoundAreLookedAtInThePage) {
    ASSERT_TRUE(attach(legal, id, "page.jpg", "<html><script>alert(1)</script>"));
    EXPECT_TRUE(fails_with(reading(legal, id, only(legal), FileUse::view), Code::not_found)) << "by content, whatever the name";
    EXPECT_EQ(logged(crypto::AuditEvent::file_opened), 0) << "nothing was opened";
    EXPECT_TRUE(reading(legal, id, only(legal)));
}

TEST_F(CaseFiles, AreNotThereForWhomTheCaseIsNot) {
    const auto about_head = file("เรื่องของหัวหน้า", {&head});
    std::string hidden;
    for (const QueueRow &row : queue_of(legal).rows)
        if (row.id.text() != id)
            hidden = row.id.text();
    ASSERT_TRUE(attach(legal, hidden, "a.jpg", "JPEG"));
    const std::string file = open(legal, hidden)->files.at(0).id.text();
    for (const auto &[case_id, file_id] : {std::pair{hidden, file}, {id, file}, {base::CaseId::random().text(), file},
                                           {hidden, base::ObjectId::random().text()}, {std::string("x"), std::string("x")}}) {
        EXPECT_TRUE(fails_with(reading(head, case_id, file_id), Code::not_found));
        EXPECT_TRUE(fails_with(page(head, case_id, file_id), Code::not_found));
    }
    EXPECT_TRUE(fails_with(reading(legal, id, file), Code::not_found)) << "another case's file, by one who may read both";
    auto context = officer();
    const auto who = session(head);
    EXPECT_TRUE(fails_with(AttachFiles::to(*MayAttachFiles::check(head.actor()), context, who, hidden), Code::not_found));
    for (const Person *apart : {&admin, &auditor}) {
        EXPECT_FALSE(MayReadFiles::check(apart->actor()));
        EXPECT_FALSE(MayAttachFiles::check(apart->actor()));
    }
    EXPECT_EQ(logged(crypto::AuditEvent::file_opened), 0);
}

TEST_F(CaseFiles, OneThatIsCutOrLongerOrGoneIsRefusedAsAWhole) {
    ASSERT_TRUE(attach(legal, id, "a.txt", longer));
    const auto file = only(legal);
    ASSERT_EQ(content(legal, file), longer) << "once whole is not whole for ever";
    const auto path = stored().at(0);
    const auto size = fs::file_size(path);
    for (const auto wrong : {size - 1, size - crypto::sealed_file_chunk, std::uintmax_t{0}, size + 1}) {
        fs::resize_file(path, wrong);
        is_damaged(file);
        EXPECT_FALSE(files(legal).at(0).whole) << "the list says so, too";
    }
    fs::remove(path);
    is_damaged(file);
}

TEST_F(CaseFiles, OneWithAnotherByteIsRefusedBeforeTheFirst) {
    ASSERT_TRUE(attach(legal, id, "a.txt", longer));
    const auto file = only(legal);
    const auto path = stored().at(0);
    const auto size = fs::file_size(path);
    for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{70'000}, std::uint64_t{size - 1}}) {
        flip(path, at);
        is_damaged(file);
        flip(path, at);
    }
    EXPECT_EQ(content(legal, file), longer);
    flip(path, size - 1); // after it was looked at once: found where it is read
    auto opened = reading(legal, id, file);
    ASSERT_TRUE(opened);
    EXPECT_EQ(whole(*opened), "broken off");
    flip(path, size - 1);
}

TEST_F(CaseFiles, SwappedOnesOpenNowhere) {
    ASSERT_TRUE(attach(legal, id, "a.txt", "text a"));
    ++clock.time;
    ASSERT_TRUE(attach(legal, id, "b.txt", "text b"));
    const auto paths = stored();
    ASSERT_EQ(paths.size(), 2U);
    fs::rename(paths[0], folder / "aside");
    fs::rename(paths[1], paths[0]);
    fs::rename(folder / "aside", paths[1]);
    for (const usecases::CaseFile &one : files(legal))
        is_damaged(one.id.text());
}

TEST_F(CaseFiles, RowsThatNameEachOthersFilesOpenNowhere) {
    ASSERT_TRUE(attach(legal, id, "a.txt", "text a"));
    ++clock.time;
    ASSERT_TRUE(attach(legal, id, "b.txt", "text b"));
    const auto two = files(legal);
    change("UPDATE file SET name = CASE name WHEN (SELECT min(name) FROM file) THEN x'00000000000000000000000000000001' ELSE name END");
    for (const usecases::CaseFile &one : two)
        if (const auto shown = page(legal, id, one.id.text()); !shown->file.whole)
            is_damaged(one.id.text());
    EXPECT_EQ(std::ranges::count(files(legal), false, &usecases::CaseFile::whole), 1);
}

TEST_F(CaseFiles, ADescriptionThatWasPutInMakesTheCaseDamaged) {
    ASSERT_TRUE(send(receipt, "a.txt", "text"));
    change("UPDATE object SET sealed = (SELECT sealed FROM object WHERE kind = 1) WHERE kind = 7");
    EXPECT_TRUE(fails_with(open(legal, id), Code::refused));
    EXPECT_TRUE(queue_of(legal).rows.at(0).damaged);
}

} // namespace
