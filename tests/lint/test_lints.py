"""Each lint goes red on a tree that breaks its rule, and stays green on one that keeps it."""
import contextlib
import pathlib
import subprocess
import tempfile
import unittest

import layers
import places
import readmes
import sizes
import toolchain

MAP = """
sucharit_library(crypto_base crypto/base USES dep_sodium)
sucharit_library(crypto_reporter crypto/reporter USES crypto_base) # comment
sucharit_library(crypto_officer crypto/officer USES crypto_reporter)
sucharit_library(service_domain service/domain USES crypto_base)
sucharit_library(storage storage USES service_domain)
sucharit_library(web_http web/http USES crypto_base)
sucharit_library(web_reporter web/pages/reporter USES web_http)
sucharit_library(runtime service/runtime USES storage web_reporter)
"""


@contextlib.contextmanager
def tree_of(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = pathlib.Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        yield folder


class Layers(unittest.TestCase):
    def faults(self, files, build_map=MAP):
        with tree_of({"CMakeLists.txt": build_map, **files}) as root:
            return "\n".join(layers.check(root))

    def test_accepts_what_the_map_allows(self):
        self.assertEqual("", self.faults({
            "crypto/base/bytes.h": "#include <sodium.h>\n", "crypto/base/clock.h": "",
            "service/domain/rule.cpp": '#include "crypto/base/bytes.h"\n#include <vector>\n// never calls ::now()\n',
            "storage/file.cpp": "#include <sqlcipher/sqlite3.h>\n", "storage/store.h": "",
            "web/net/server.cpp": "#include <boost/beast.hpp>\n#include <openssl/ssl.h>\n",
            "web/http/form.h": "",
            "service/runtime/app.cpp": '#include "storage/store.h"\n#include "web/http/form.h"\n',
            "tests/unit/t.cpp": "#include <gtest/gtest.h>\n#include <openssl/ssl.h>\n"}))

    def test_refuses_sodium_outside_crypto(self):
        self.assertIn("libsodium", self.faults({"storage/key.cpp": "#include <sodium.h>\n"}))

    def test_refuses_sqlcipher_outside_storage(self):
        self.assertIn("SQLCipher", self.faults({"service/domain/a.cpp": "  # include <sqlite3.h>\n"}))

    def test_refuses_a_second_file_with_sqlcipher(self):
        self.assertIn("2 files", self.faults({"storage/a.cpp": "#include <sqlcipher/sqlite3.h>\n",
                                              "storage/b.cpp": "#include <sqlite3.h>\n"}))

    def test_refuses_beast_asio_and_openssl_outside_the_net(self):
        for header in ("boost/beast/http.hpp", "boost/asio.hpp", "openssl/ssl.h"):
            self.assertIn("web/net/", self.faults({"web/http/a.h": f"#include <{header}>\n"}), header)

    def test_refuses_digests_of_openssl_outside_the_primitives(self):
        self.assertIn("crypto/primitives/", self.faults({"storage/a.cpp": "#include <openssl/evp.h>\n"}))
        self.assertEqual("", self.faults({"crypto/primitives/a.cpp": "#include <openssl/evp.h>\n"}))

    def test_refuses_templates_and_logs_in_the_wrong_rooms(self):
        for header in ("ctemplate/template.h", "boost/locale.hpp", "spdlog/spdlog.h", "toml++/toml.h", "CLI/CLI.hpp"):
            self.assertIn("belongs in", self.faults({"storage/a.cpp": f"#include <{header}>\n"}), header)

    def test_refuses_that_web_and_storage_meet(self):
        self.assertIn("web and storage", self.faults({"storage/a.h": '#include "web/http/b.h"\n', "web/http/b.h": ""}))
        self.assertIn("web and storage", self.faults({"web/http/b.h": '#include "storage/a.h"\n', "storage/a.h": ""}))

    def test_refuses_that_the_map_brings_web_and_storage_together(self):
        self.assertIn("together", self.faults({}, MAP.replace("web_http web/http USES", "web_http web/http USES storage")))

    def test_refuses_officer_includes_in_a_reporter_folder(self):
        self.assertIn("officer folder", self.faults({"web/pages/reporter/a.cpp": '#include "crypto/officer/open.h"\n',
                                                     "crypto/officer/open.h": ""}))

    def test_refuses_a_reporter_library_that_reaches_an_officer_library(self):
        wrong = MAP.replace("web/http USES crypto_base", "web/http USES crypto_officer")
        self.assertIn("web_reporter reaches", self.faults({}, wrong))

    def test_refuses_an_include_against_the_order(self):
        self.assertIn("does not use service_domain",
                      self.faults({"crypto/base/a.h": '#include "service/domain/b.h"\n', "service/domain/b.h": ""}))

    def test_refuses_io_clock_and_cryptography_in_the_domain(self):
        for line in ("#include <fstream>", "#include <random>", "#include <sys/stat.h>",
                     "auto t = std::chrono::system_clock::now();", "day = clock.today();", "std::getenv(\"TZ\");",
                     "base::SystemClock clock;", "std::cerr << 1;"):
            self.assertIn("the domain", self.faults({"service/domain/a.cpp": line + "\n"}), line)
        self.assertIn("no cryptography", self.faults({"service/domain/a.cpp": '#include "crypto/reporter/b.h"\n',
                                                      "crypto/reporter/b.h": ""}))

    def test_refuses_an_include_not_written_from_the_root(self):
        self.assertIn("from the root", self.faults({"crypto/base/a.h": '#include "b.h"\n', "crypto/base/b.h": ""}))

    def test_refuses_a_build_file_without_a_map(self):
        self.assertIn("no sucharit_library", self.faults({}, "project(x)"))


class Sizes(unittest.TestCase):
    def test_refuses_a_file_that_is_too_long(self):
        with tree_of({"web/a.cpp": "\n" * 451, "web/b.cpp": "\n" * 450, "data.tsv": "\n" * 900}) as root:
            self.assertEqual(["web/a.cpp: 451 lines, 450 are the most"], sizes.check(root))


class Places(unittest.TestCase):
    def test_refuses_hosts_of_packages(self):
        for host in ("deb.debi" + "an.org", "registry.npm" + "js.org", "py" + "pi.org", "archive.ubun" + "tu.com",
                     "mirr" + "or.example.net", "x.pkg" + ".dev", '"resol' + 'ved": "https://h/x.tgz"'):
            with tree_of({"a.json": f"x {host} y\n"}) as root:
                self.assertNotEqual([], places.check(root), host)

    def test_refuses_folders_of_somebodys_machine(self):
        for folder in ("/wo" + "rk/main/x", "/ho" + "me/somchai/x", "../sha" + "red/x", "/ro" + "ot/.ssh"):
            with tree_of({"README.md": f"see {folder}\n"}) as root:
                self.assertEqual(1, len(places.check(root)), folder)

    def test_accepts_ordinary_addresses_and_text(self):
        with tree_of({"a.md": "https://example.org/mirrors on Debian 12; backports come from the machine's mirror.\n"}) as root:
            self.assertEqual([], places.check(root))


class Readmes(unittest.TestCase):
    def test_refuses_a_room_without_a_readme_and_one_that_says_too_little(self):
        long = "x" * 300
        with tree_of({"CMakeLists.txt": MAP, "README.md": long, "web/README.md": long, "web/http/a.h": "",
                      "web/pages/README.md": "Pages.", "web/pages/reporter/b.h": "", "web/docs/GUIDE.md": "", ".ci/run": ""}) as root:
            self.assertEqual(["web/http/README.md: missing", "web/pages/README.md: says too little",
                              "web/pages/reporter/README.md: missing"], readmes.check(root))


class Built(unittest.TestCase):
    """Real compilers on a few lines, because it is compiled code that is judged."""

    def compile(self, root, name, source, *options):
        path = pathlib.Path(root) / (name + ".c")
        path.write_text(source)
        target = pathlib.Path(root) / name
        subprocess.run(["clang-19", str(path), "-o", str(target), *options], check=True)
        return str(target)

    def test_refuses_a_program_without_hardening(self):
        with tree_of({}) as root:
            plain = self.compile(root, "plain", "int main(void){return 0;}\n", "-no-pie", "-fno-stack-protector",
                                 "-fuse-ld=lld", "-Wl,-z,norelro,-z,lazy,-z,execstack")
            faults = "\n".join(toolchain.program_faults(plain))
        for fault in ("no PIE", "no RELRO", "BIND_NOW", "stack is executable", "no stack protector", "does not load libsqlcipher"):
            self.assertIn(fault, faults)

    def test_accepts_a_hardened_program_and_refuses_a_second_sqlite(self):
        with tree_of({}) as root:
            for name in ("sqlcipher", "sqlite3"):
                self.compile(root, f"lib{name}.so", "int f(void){return 0;}\n", "-shared", "-fPIC", f"-Wl,-soname,lib{name}.so.0.1")
                (pathlib.Path(root) / f"lib{name}.so.0.1").symlink_to(f"lib{name}.so")
            hardened = ["-pie", "-fPIE", "-fstack-protector-all", "-Wl,-z,relro,-z,now", f"-L{root}", f"-Wl,-rpath,{root}",
                        "-Wl,--no-as-needed", "-lsqlcipher"]
            good = self.compile(root, "good", "int main(void){return 0;}\n", *hardened)
            self.assertEqual([], toolchain.program_faults(good))
            two = self.compile(root, "two", "int main(void){return 0;}\n", *hardened, "-lsqlite3")
            self.assertIn("loads libsqlite3", "\n".join(toolchain.program_faults(two)))

    def test_refuses_a_program_that_is_missing(self):
        self.assertIn("not built", toolchain.program_faults("/nonexistent/sucharit")[0])

    def test_refuses_an_old_compiler(self):
        for name, version, good in (("GNU", "12.2.0", False), ("GNU", "14.2.0", True), ("Clang", "14.0.6", False),
                                    ("Clang", "19.1.7", True), ("Other", "99.0", False)):
            with tree_of({"CMakeFiles/3.25/CMakeCXXCompiler.cmake":
                          f'set(CMAKE_CXX_COMPILER_ID "{name}")\nset(CMAKE_CXX_COMPILER_VERSION "{version}")\n'}) as build:
                self.assertEqual(good, toolchain.compiler_faults(build) == [], f"{name} {version}")

    def test_refuses_another_standard_and_a_missing_flag(self):
        with tree_of({"a.cpp": ""}) as root:
            entry = ('[{"file": "%s/a.cpp", "command": "clang++ -std=c++20 -fPIE -fstack-protector-strong '
                     '-D_GLIBCXX_ASSERTIONS -c a.cpp"}]' % pathlib.Path(root).resolve())
            (pathlib.Path(root) / "compile_commands.json").write_text(entry)
            self.assertEqual(["a.cpp: is not compiled as C++23", "a.cpp: is compiled without -fstack-clash-protection"],
                             toolchain.command_faults(root, root))


if __name__ == "__main__":
    unittest.main()
