#include "service/runtime/file_inspector.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::string_view mark = "SECRETMARK"; // stands in the metadata of every sample
constexpr std::string_view word_document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

base::Bytes read(const fs::path &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
base::Bytes sample(std::string_view name) { return read(fs::path(SUCHARIT_TEST_SOURCE) / "tests/data/files" / name); }

bool kept_as_sent(const base::Result<std::optional<base::Bytes>> &result) { return result && !*result; }
std::string type_of(FileInspector &inspector, base::View file) { return inspector.media_type(file).value_or("failed"); }
ports::FileInspector::Whole whole(base::View bytes) {
    return [copy = base::copy(bytes)]() -> base::Result<base::Bytes> { return copy; };
}
bool has(base::View bytes, std::string_view text) { return base::text(bytes).find(text) != std::string_view::npos; }

// As a telephone writes it that was held upright: the picture lies on its side, and the metadata say so.
base::Bytes lying(base::Bytes jpeg) {
    constexpr std::string_view orientation_6("\xFF\xE1\0\x22" "Exif\0\0" "MM\0\x2A\0\0\0\x08" "\0\x01"
                                             "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" "\0\0\0\0", 36);
    const auto bytes = base::view(orientation_6);
    jpeg.insert(jpeg.begin() + 2, bytes.begin(), bytes.end());
    return jpeg;
}
// Width and height, in the frame's header.
std::pair<int, int> size_of(base::View jpeg) {
    for (std::size_t at = 2; at + 9 < jpeg.size() && jpeg[at] == 0xFF; at += 2 + jpeg[at + 2] * 256u + jpeg[at + 3])
        if (jpeg[at + 1] == 0xC0 || jpeg[at + 1] == 0xC2)
            return {jpeg[at + 7] * 256 + jpeg[at + 8], jpeg[at + 5] * 256 + jpeg[at + 6]};
    return {};
}

class Inspector : public testing::Test {
protected:
    Inspector() {
        std::string made = "/dev/shm/sucharit-test-XXXXXX";
        if (::mkdtemp(made.data())) paths.memory = made;
    }
    ~Inspector() override { fs::remove_all(paths.memory); }

    // A script in the place of clean.py, for what a parser that was taken over would do.
    void act(std::string_view python) {
        paths.script = paths.memory / "script.py";
        std::ofstream(paths.script) << python;
    }
    std::size_t folders() const {
        return static_cast<std::size_t>(std::ranges::count_if(fs::directory_iterator(paths.memory), [](const auto &entry) { return entry.is_directory(); }));
    }
    // What a taken-over parser brought out.
    std::string brought(std::string_view python) {
        act(python);
        FileInspector inspector(paths);
        const auto out = inspector.without_metadata(whole(base::view("file")), "image/png");
        return out && *out ? std::string(base::text(**out)) : "nothing";
    }

    FileInspector::Paths paths{SUCHARIT_TEST_INSPECTOR, fs::path(SUCHARIT_TEST_SOURCE) / "service/inspector/clean.py"};
};

TEST_F(Inspector, KnowsTypesByContent) {
    FileInspector inspector(paths);
    const std::pair<const char *, const char *> samples[] = {{"photo.jpg", "image/jpeg"}, {"picture.png", "image/png"},
                                                            {"clip.mp4", "video/mp4"},   {"sound.m4a", "audio/x-m4a"},
                                                            {"phone.3gp", "video/3gpp"}, {"paper.pdf", "application/pdf"}};
    for (const auto &[name, type] : samples)
        EXPECT_EQ(type_of(inspector, sample(name)), type) << name;
    EXPECT_EQ(type_of(inspector, sample("letter.docx")), word_document);
    EXPECT_TRUE(type_of(inspector, read(paths.program)).starts_with("application/x-")) << "a program";
    EXPECT_EQ(type_of(inspector, base::view("<html><script>alert(1)</script>")), "text/html");
    EXPECT_EQ(type_of(inspector, {}), "application/x-empty");
}

TEST_F(Inspector, TakesMetadataAwayAndLeavesTheRest) {
    FileInspector inspector(paths);
    for (const char *name : {"photo.jpg", "picture.png", "moving.gif", "phone.heic", "clip.mp4", "sound.mp3", "sound.flac", "sound.ogg", "sound.wav",
                             "paper.pdf", "letter.docx", "letter.odt", "table.ods", "slides.odp"}) {
        const auto file = sample(name);
        const auto type = type_of(inspector, file);
        EXPECT_TRUE(inspector.can_clean(type)) << name;
        const auto clean = inspector.without_metadata(whole(file), type);
        ASSERT_TRUE(clean && *clean) << name;
        EXPECT_TRUE(name == std::string_view("letter.docx") || has(file, mark)) << name; // that one is compressed
        EXPECT_FALSE(has(**clean, mark)) << name;
        EXPECT_NE(**clean, file) << name;
        EXPECT_EQ(type_of(inspector, **clean), type) << name;
    }
    EXPECT_EQ(folders(), 0u);
}

TEST_F(Inspector, TurnsAPictureAsItsMetadataSaid) {
    FileInspector inspector(paths);
    const auto upright = sample("photo.jpg");
    ASSERT_EQ(size_of(upright), std::pair(64, 48));
    const auto turned = inspector.without_metadata(whole(lying(upright)), "image/jpeg");
    ASSERT_TRUE(turned && *turned);
    EXPECT_EQ(size_of(**turned), std::pair(48, 64));
    EXPECT_FALSE(has(**turned, mark) || has(**turned, "Exif"));
    const auto clean = inspector.without_metadata(whole(upright), "image/jpeg");
    ASSERT_TRUE(clean && *clean);
    EXPECT_EQ(size_of(**clean), std::pair(64, 48));
    EXPECT_EQ(folders(), 0u);
}

TEST_F(Inspector, KeepsWhatItCannotCleanAsItIs) {
    FileInspector inspector(paths);
    auto half = sample("photo.jpg");
    half.resize(half.size() / 2);
    EXPECT_TRUE(kept_as_sent(inspector.without_metadata(whole(base::view("no picture")), "image/jpeg")));
    EXPECT_TRUE(kept_as_sent(inspector.without_metadata(whole(sample("clip.mp4")), "application/pdf")));
    EXPECT_TRUE(kept_as_sent(inspector.without_metadata(whole(sample("phone.3gp")), "video/3gpp"))) << "mat2 has no parser for it";
    EXPECT_FALSE(inspector.can_clean("video/3gpp"));
    EXPECT_FALSE(inspector.can_clean("application/zip")) << "what is in it is not looked through";
    EXPECT_FALSE(inspector.can_clean("image/tiff")) << "only its first page would be left";
    EXPECT_FALSE(inspector.can_clean(type_of(inspector, sample("table.xlsx")))) << "its sheets would be lost";
    EXPECT_TRUE(kept_as_sent(inspector.without_metadata(whole(base::Bytes(ports::most_cleaned + 1)), "image/png")));
    EXPECT_EQ(folders(), 0u);
}

TEST_F(Inspector, UnpacksNoBomb) {
    act(R"(
import sys, zipfile
with zipfile.ZipFile(sys.stdout.buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
    for number in range(30):
        bomb.writestr(f"word/{number}.xml", bytes(8 << 20))
)");
    const auto bomb = FileInspector(paths).without_metadata(whole(base::view("file")), "image/png");
    ASSERT_TRUE(bomb && *bomb);
    EXPECT_LT((*bomb)->size(), 1u << 20);
    paths.script = fs::path(SUCHARIT_TEST_SOURCE) / "service/inspector/clean.py";
    EXPECT_TRUE(kept_as_sent(FileInspector(paths).without_metadata(whole(**bomb), word_document)));
}

TEST_F(Inspector, AParserThatIsTakenOverReachesNothing) {
    const std::string secret = paths.memory / "secret";
    std::ofstream(secret) << "secret";
    const std::string attempts = R"(
import ctypes, os, socket, subprocess, sys
def told_to_hide():
    if ctypes.CDLL(None).prctl(4, 0) != 0: # PR_SET_DUMPABLE: others would not see what it takes
        raise OSError
def told(attempt):
    try:
        attempt()
        return "reached"
    except (OSError, subprocess.SubprocessError):
        return "refused"
server = os.getppid()
attempts = [
    lambda: open(")" + secret + R"("),
    lambda: open("/etc/passwd"),
    lambda: open("/etc/hostname"),
    lambda: open("/proc/self/maps"),
    lambda: open(f"/proc/{server}/mem", "rb"),
    lambda: os.listdir("/"),
    lambda: open("/tmp/sucharit-left", "w"),
    lambda: open("/dev/shm/sucharit-left", "w"),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    lambda: os.kill(server, 0),
    lambda: os.setpriority(os.PRIO_PROCESS, server, 19),
    lambda: subprocess.run(["unshare", "-Ur", "true"], check=True, stderr=subprocess.DEVNULL),
    lambda: subprocess.run(["true"], start_new_session=True), # would outlive the end of its group
    lambda: subprocess.run(["true"], process_group=0),
    lambda: os.close(os.memfd_create("")), # in no folder and no process: nobody would count it
    lambda: told_to_hide(),
]
sys.stdout.write(" ".join(told(attempt) for attempt in attempts))
)";
    std::string all = "refused";
    for (int i = 1; i < 17; ++i)
        all += " refused";
    EXPECT_EQ(brought(attempts), all);
    EXPECT_EQ(brought("import sys; sys.stdout.write(sys.stdin.read() + str(len(open('new', 'w').name)))"), "file3") << "its own folder";
    EXPECT_EQ(brought("import os, sys; sys.stdout.write(' '.join(sorted(os.environ)))"), "HOME LC_ALL PATH TMPDIR");
    EXPECT_EQ(brought("import os, sys; sys.stdout.write(str([n for n in range(3, 99) if os.path.exists(f'/proc/self/fd/{n}')]))"), "[]");
}

TEST_F(Inspector, EndsWhatTakesTooLongOrTooMuch) {
    paths.bounds.longest = 200ms;
    EXPECT_EQ(brought("while True: pass"), "nothing");
    EXPECT_EQ(brought("import subprocess; subprocess.run(['sleep', 'infinity'])"), "nothing");
    paths.bounds.longest = 60s;
    EXPECT_EQ(brought("import sys; sys.stdout.write('x'); bytearray(2 << 30)"), "nothing");
    EXPECT_EQ(brought("import sys; sys.stdout.write('x' * (60 << 20))"), "nothing") << "more than any clean file may be";
    EXPECT_EQ(folders(), 0u);
}

// Each goes on until it is ended; without bounds that would be after a minute.
TEST_F(Inspector, EndsWhatFillsTheMachineTogether) {
    paths.bounds = {.longest = 60s, .tasks = 40, .memory = 256u << 20, .disk = 96u << 20, .files = 500};
    const std::pair<const char *, const char *> attempts[] = {
        {"processes", R"(
import os, signal
for number in range(200):
    if os.fork() == 0:
        break
signal.pause()
)"},
        {"threads", R"(
import threading
threading.stack_size(1 << 20)
for number in range(200):
    threading.Thread(target=threading.Event().wait).start()
)"},
        {"memory of many, none of which takes much", R"(
import os, signal
for number in range(15):
    if os.fork() == 0:
        held = b"x" * (40 << 20)
        break
signal.pause()
)"},
        {"files, none of which is long", R"(
import signal
for number in range(16):
    open(str(number), "wb").write(bytes(16 << 20))
signal.pause()
)"},
        {"a file without a name", R"(
import os, signal
with open("gone", "wb") as file:
    os.unlink("gone")
    for number in range(7):
        file.write(bytes(16 << 20))
    file.flush()
    signal.pause()
)"},
        {"names of files", R"(
import os, signal
for number in range(1000):
    os.mkdir(str(number))
signal.pause()
)"},
    };
    for (const auto &[what, script] : attempts) {
        const auto begin = std::chrono::steady_clock::now();
        EXPECT_EQ(brought(script), "nothing") << what;
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 30s) << what;
        EXPECT_EQ(folders(), 0u) << what;
    }
}

TEST_F(Inspector, CleansTwoAtOnce) {
    act("while True: pass");
    paths.bounds.longest = 3s;
    paths.longest_wait = 10ms;
    FileInspector inspector(paths);
    std::vector<std::jthread> busy;
    for (int i = 0; i < 2; ++i)
        busy.emplace_back([&] { EXPECT_TRUE(kept_as_sent(inspector.without_metadata(whole(base::view("file")), "image/png"))); });
    while (folders() < 2)
        std::this_thread::yield();
    const auto third = inspector.without_metadata(whole(base::view("file")), "image/png");
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, base::Code::unavailable);
    EXPECT_EQ(type_of(inspector, sample("photo.jpg")), "image/jpeg") << "needs no place";
}

TEST_F(Inspector, RemovesWhatAKilledProgramLeftAndNothingElse) {
    const fs::path left = paths.memory / "sucharit-clean-aaaaaa", in_use = paths.memory / "sucharit-clean-bbbbbb", other = paths.memory / "other";
    for (const fs::path &folder : {left, in_use, other}) {
        fs::create_directory(folder);
        std::ofstream(folder / "in.jpg") << "text";
    }
    const int lock = ::open(in_use.c_str(), O_RDONLY | O_DIRECTORY);
    ASSERT_EQ(::flock(lock, LOCK_EX), 0);
    const FileInspector inspector(paths);
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(in_use / "in.jpg"));
    EXPECT_TRUE(fs::exists(other / "in.jpg"));
    ::close(lock);
}

} // namespace
} // namespace runtime
