"""deploy/run and deploy/test refuse what they must with one sentence, and leave alone what is already done.

apt and dpkg-query are played by small scripts, so that nothing is installed and each machine can be imagined.
"""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
APT = """#!/bin/sh
echo "apt-get $*" >> "$STATE/calls"
case " $* " in
*" indextargets "*) cat "$STATE/targets"; exit ;;
*" install "*) [ ! -e "$STATE/fails" ] || exit 100; cp "$STATE/after" "$STATE/installed" ;;
esac
"""
APT_CACHE = """#!/bin/sh
[ "$1" = madison ] && grep "^ *$2 |" "$STATE/known"
"""
DPKG_QUERY = """#!/bin/sh
case "$3" in *Provides*) cat "$STATE/installed"; exit ;; esac
awk -F '\\t' -v name="$4" '$2 == name { print $1 " " $3; found = 1 } END { exit !found }' "$STATE/installed"
"""
SUDO = "#!/bin/sh\nshift\n[ \"$1\" != -- ] || shift\nexec \"$@\"\n"


def wanted(scope):
    script = f'. "{ROOT}/deploy/lib/common.sh"; . "{ROOT}/deploy/lib/packages.sh"; wanted_packages {scope}'
    return subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True).stdout.splitlines()


def machine(boost="1.83", **versions):
    """Lines as dpkg-query prints them for a machine that has everything, except the versions named ('' = absent)."""
    newest = {"libsodium23": "1.0.18-1+deb13u1", "libsodium-dev": "1.0.18-1+deb13u1", "libsqlcipher-dev": "4.6.1-2",
              "cmake": "3.31", "nodejs": "20.1", "libfmt-dev": "10.1", "libssl-dev": "3.5", "libctemplate-dev": "2.4-4",
              "libtomlplusplus-dev": "3.4"}
    newest.update({name.replace("_", "-"): version for name, version in versions.items()})
    lines = []
    for dependency in wanted("test"):
        names = [alternative.split()[0] for alternative in dependency.split("|")]
        name = next((name for name in names if boost in name), names[0])
        if newest.get(name) != "":
            lines.append(f"installed\t{name}\t{newest.get(name, '1')}\t")
    return "\n".join(lines) + "\n"


class Deploy(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.state = pathlib.Path(self.folder.name)
        bin_folder = self.state / "bin"
        bin_folder.mkdir()
        for name, script in (("apt-get", APT), ("apt-cache", APT_CACHE), ("dpkg-query", DPKG_QUERY), ("sudo", SUDO)):
            (bin_folder / name).write_text(script)
            (bin_folder / name).chmod(0o755)
        self.write(calls="", known="", targets="", installed=machine(), after=machine())
        self.release("debian", "13")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, **files):
        for name, content in files.items():
            (self.state / name).write_text(content)

    def release(self, name, version):
        self.write(os_release=f'ID={name}\nVERSION_ID="{version}"\nPRETTY_NAME="{name} {version}"\n')

    def run_bash(self, script, **environment):
        settings = {"PATH": f"{self.state}/bin:{os.environ['PATH']}", "STATE": str(self.state), "HOME": str(self.state),
                    "OS_RELEASE": str(self.state / "os_release"), "BACKPORTS_FILE": str(self.state / "backports")}
        prelude = f'. "{ROOT}/deploy/lib/common.sh"; . "{ROOT}/deploy/lib/packages.sh"; '
        done = subprocess.run(["bash", "-c", prelude + script], env={**settings, **environment},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return done.returncode, done.stderr.strip(), (self.state / "calls").read_text()

    def refusal(self, script, **environment):
        status, errors, _ = self.run_bash(script, **environment)
        self.assertEqual(1, status, errors)
        sentences = [line for line in errors.splitlines() if line.startswith("sucharit: ")]
        self.assertEqual(1, len(sentences), errors)
        return sentences[0]

    def test_nothing_is_done_when_everything_is_there(self):
        for scope in ("run", "test"):
            self.assertEqual((0, "", ""), self.run_bash(f"install_packages {scope}"))

    def test_test_packages_are_not_asked_for_by_run(self):
        self.write(installed=machine(chromium=""))
        self.assertEqual((0, "", ""), self.run_bash("install_packages run"))

    def test_only_what_is_missing_is_installed_and_no_question_is_asked(self):
        self.write(installed=machine(gettext="", libcli11_dev=""), known=" gettext | 1 | x\n libcli11-dev | 1 | x\n")
        status, errors, calls = self.run_bash("install_packages run")
        self.assertEqual(0, status, errors)
        install = [line for line in calls.splitlines() if " install " in line]
        self.assertEqual(1, len(install), calls)
        self.assertTrue(install[0].endswith("--no-install-recommends gettext libcli11-dev"), install)
        self.assertIn(" -y ", install[0])

    def test_the_alternative_that_the_release_has_is_taken(self):
        for boost in ("1.81", "1.83"):
            self.write(installed=machine(boost).replace(f"libboost{boost}-dev", "other"), after=machine(boost),
                       calls="", known=f" libboost{boost}-dev | {boost}.0-1 | x\n")
            status, errors, calls = self.run_bash("install_packages run")
            self.assertEqual(0, status, errors)
            self.assertIn(f"install --no-install-recommends libboost{boost}-dev\n", calls)

    def test_debian_12_takes_sqlcipher_from_backports_of_its_own_mirror(self):
        self.release("debian", "12")
        self.write(installed=machine(libsqlcipher_dev=""), known=" libsqlcipher-dev | 3.4.1-2 | x\n",
                   targets="bookworm-security|Debian|main|scheme://security/\nbookworm|Else|main|scheme://else/\n"
                           "bookworm|Debian|main|cdrom:[x]/\nbookworm|Debian|main|scheme://near/debian/\n")
        status, errors, calls = self.run_bash("install_packages run")
        self.assertEqual(0, status, errors)
        source = (self.state / "backports").read_text()
        self.assertTrue(source.startswith("Types: deb\nURIs: scheme://near/debian/\nSuites: bookworm-backports\n"),
                        source)
        self.assertIn("-t bookworm-backports libsqlcipher-dev\n", calls)
        self.assertEqual(2, calls.count(" update\n"), calls)

    def test_a_backports_suite_that_is_already_known_is_not_added_again(self):
        self.release("debian", "12")
        self.write(installed=machine(libsqlcipher_dev="3.4.1-2"),
                   known=" libsqlcipher-dev | 3.4.1-2 | x\n libsqlcipher-dev | 4.6.1-2~bpo12+1 | x\n")
        status, errors, calls = self.run_bash("install_packages run")
        self.assertEqual(0, status, errors)
        self.assertFalse((self.state / "backports").exists())
        self.assertIn("-t bookworm-backports libsqlcipher-dev\n", calls)

    def test_refuses_debian_12_without_a_mirror(self):
        self.release("debian", "12")
        self.write(installed=machine(libsqlcipher_dev=""), known=" libsqlcipher-dev | 3.4.1-2 | x\n")
        self.assertIn("no mirror of Debian 12", self.refusal("install_packages run"))

    def test_refuses_an_old_libsodium_that_apt_cannot_replace(self):
        for package in ("libsodium23", "libsodium_dev"):
            old = machine(**{package: "1.0.18-1"})
            name = package.replace("_", "-")
            self.write(installed=old, after=old, known=f" {name} | 1.0.18-1 | x\n")
            self.assertIn(f"{name} 1.0.18-1 is too old, 1.0.18-1+deb12u1 is needed",
                          self.refusal("install_packages run"))

    def test_refuses_an_old_sqlcipher_that_apt_cannot_replace(self):
        old = machine(libsqlcipher_dev="4.5.3-1")
        self.write(installed=old, after=old, known=" libsqlcipher-dev | 4.5.3-1 | x\n")
        self.assertIn("libsqlcipher-dev 4.5.3-1 is too old, 4.6 is needed", self.refusal("install_packages run"))

    def test_refuses_when_apt_fails_or_a_package_is_unknown(self):
        self.write(installed=machine(gettext=""))
        self.assertIn("none of these packages is to be had", self.refusal("install_packages run"))
        self.write(known=" gettext | 1 | x\n", fails="")
        self.assertIn("apt could not install", self.refusal("install_packages run"))

    def test_refuses_an_untested_release_and_says_how_to_go_on(self):
        self.release("debian", "11")
        self.assertIn("SUCHARIT_UNTESTED=1", self.refusal("install_packages run"))
        self.assertEqual(0, self.run_bash("install_packages run", SUCHARIT_UNTESTED="1")[0])

    def test_refuses_a_person_without_root_before_anything_is_tried(self):
        (self.state / "bin" / "id").write_text("#!/bin/sh\necho 1000\n")
        (self.state / "bin" / "sudo").write_text("#!/bin/sh\nexit 1\n")
        (self.state / "bin" / "id").chmod(0o755)
        self.write(installed=machine(gettext="", ninja_build=""))
        self.assertIn("must first install these packages: gettext, ninja-build", self.refusal("install_packages run"))
        self.assertEqual("", (self.state / "calls").read_text())

    def test_refuses_bad_ports_and_a_key_inside_the_data_folder(self):
        for port in ("0", "65536", "http", "-1", "80 81"):
            self.assertIn("a port is a number", self.refusal("check_settings", SUCHARIT_OFFICER_PORT=port))
        self.assertIn("two different ports", self.refusal("check_settings", SUCHARIT_OFFICER_PORT="8443"))
        self.assertIn("inside the data folder",
                      self.refusal("check_settings", SUCHARIT_DIR="/d", SUCHARIT_CREDENTIAL="/d/../d/k"))
        self.assertEqual(0, self.run_bash("check_settings", SUCHARIT_DIR="/d", SUCHARIT_CREDENTIAL="/d.key")[0])

    def test_help_is_told_and_other_arguments_of_run_are_refused_before_anything_is_done(self):
        for command, words in (("run", "makes a demo agency"), ("test", "Arguments go to ctest")):
            for option in ("-h", "--help"):
                self.write(calls="")
                status, said, calls = self.run_bash(f'"{ROOT}/deploy/{command}" {option} >&2', SUCHARIT_BUILD="/dev/null")
                self.assertEqual((0, ""), (status, calls), said)
                self.assertIn(words, said)
                self.assertIn("SUCHARIT_BUILD", said)
        refused = self.refusal(f'"{ROOT}/deploy/run" --port 1', SUCHARIT_BUILD="/dev/null")
        self.assertIn("takes no arguments", refused)

    def test_every_script_parses_and_can_be_run(self):
        for name in ("deploy/run", "deploy/test", ".ci/run"):
            self.assertTrue(os.access(ROOT / name, os.X_OK), name)
            subprocess.run(["bash", "-n", str(ROOT / name)], check=True)


class Configure(unittest.TestCase):
    """The same refusals for somebody who calls CMake by hand."""

    def refused(self, *options, **environment):
        with tempfile.TemporaryDirectory() as build:
            done = subprocess.run(["cmake", "-G", "Ninja", "-S", str(ROOT), "-B", build, *options], capture_output=True,
                                  text=True, env={**os.environ, **environment}, stdin=subprocess.DEVNULL)
            self.assertNotEqual(0, done.returncode)
            return " ".join(done.stderr.split())

    def test_refuses_gcc_12(self):
        answer = self.refused("-DCMAKE_C_COMPILER=clang-19", "-DCMAKE_CXX_COMPILER=clang++-19",
                              "-DCMAKE_CXX_COMPILER_FORCED=TRUE",
                              "-DCMAKE_CXX_COMPILER_ID_RUN=TRUE", "-DCMAKE_CXX_COMPILER_ID=GNU",
                              "-DCMAKE_CXX_COMPILER_VERSION=12.2.0")
        self.assertIn("GCC 12.2.0 miscompiles coroutines", answer)

    def test_refuses_sqlcipher_3(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "sqlcipher.pc").write_text("Name: SQLCipher\nDescription: old\nVersion: 3.15.2\n")
            self.assertIn("install SQLCipher 4.6", self.refused(PKG_CONFIG_PATH=folder))

    def test_refuses_an_old_libsodium_package(self):
        with tempfile.TemporaryDirectory() as folder:
            query = pathlib.Path(folder) / "dpkg-query"
            query.write_text("#!/bin/sh\necho 1.0.18-1\n")
            query.chmod(0o755)
            self.assertIn("libsodium23 1.0.18-1 is too old", self.refused(PATH=f"{folder}:{os.environ['PATH']}"))


if __name__ == "__main__":
    unittest.main()
