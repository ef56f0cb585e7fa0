"""dev.py sets up what is missing, does no work twice, and explains failures in one line."""

import importlib.util
import re
import sys
from pathlib import Path
from threading import Barrier

import pytest

import dev


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Point dev.py at an empty checkout, and return the list of its calls there, which are not carried out."""
    (tmp_path / "requirements").mkdir()
    for name in ("uv", "runtime", "build", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# {name}")
    (tmp_path / "pyproject.toml").write_text("[project]")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "LOCKS", tmp_path / "requirements")
    monkeypatch.setattr(dev, "PYPROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "made-from")
    done: list[str] = []

    def must(command: list[str], otherwise: str) -> None:
        (tmp_path / ".venv").mkdir(exist_ok=True)
        words = " ".join(command)
        done.append(
            "make" if "-m venv" in words else words.split("requirements/")[-1] if ".txt" in words else "project"
        )

    monkeypatch.setattr(dev, "must", must)
    return done


class TestEnvironment:
    def test_is_made_and_filled_where_there_is_none(self, checkout: list[str]) -> None:
        dev.prepare("dev")
        assert checkout == ["make", "uv.txt", "dev.txt", "project"]

    def test_needs_nothing_the_second_time(self, checkout: list[str]) -> None:
        dev.prepare("run")
        checkout.clear()
        dev.prepare("run")
        assert checkout == []

    def test_for_development_serves_to_run_but_not_the_other_way(self, checkout: list[str]) -> None:
        dev.prepare("run")
        checkout.clear()
        dev.prepare("dev")
        assert checkout == ["uv.txt", "dev.txt", "project"]
        checkout.clear()
        dev.prepare("run")
        assert checkout == []

    def test_is_brought_up_to_a_changed_lock_file(self, checkout: list[str]) -> None:
        dev.prepare("dev")
        checkout.clear()
        (dev.LOCKS / "dev.txt").write_text("# newer")
        dev.prepare("dev")
        assert checkout == ["uv.txt", "dev.txt", "project"]

    @pytest.mark.parametrize("change", ["interrupted", "another Python", "moved"])
    def test_is_rebuilt_if_it_cannot_be_trusted(
        self, checkout: list[str], change: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dev.prepare("dev")
        checkout.clear()
        if change == "interrupted":
            dev.STAMP.unlink()
        elif change == "another Python":
            monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
        else:
            dev.STAMP.write_text(dev.STAMP.read_text().replace(str(dev.VENV), "/before/.venv"))
        dev.prepare("dev")
        assert checkout[0] == "make"

    def test_that_failed_halfway_keeps_no_stamp(self, checkout: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        dev.prepare("dev")
        (dev.LOCKS / "dev.txt").write_text("# newer")

        def must(command: list[str], otherwise: str) -> None:
            raise dev.Failure(otherwise)

        monkeypatch.setattr(dev, "must", must)
        with pytest.raises(
            dev.Failure, match="uv could not be installed, see above; is the package index within reach"
        ):
            dev.prepare("dev")
        assert not dev.STAMP.exists()

    def test_names_the_debian_package_that_is_missing(
        self, checkout: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        with pytest.raises(dev.Failure, match=f"lacks its venv module; as root: apt-get install {package}"):
            dev.prepare("run")

    def test_is_not_rebuilt_from_within(self, checkout: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "prefix", str(dev.VENV))
        with pytest.raises(dev.Failure, match="run dev.py with the machine's python3"):
            dev.prepare("run")


class TestCommandLine:
    def test_help_describes_each_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="0"):
            dev.parse(["--help"])
        text = " ".join(capsys.readouterr().out.split())
        for name, command in dev.COMMANDS.items():
            assert f"{name} {' '.join(command.__doc__.split())}" in text

    def test_contributing_lists_the_same_commands(self) -> None:
        text = (Path(dev.__file__).parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
        assert set(re.findall(r"python3 dev\.py (\w+)", text)) == dev.COMMANDS.keys()

    def test_passes_arguments_on_to_the_commands_that_take_them(self) -> None:
        words = ["tests/setup", "-k", "x or y", "--exitfirst"]
        assert dev.parse(["test", *words]) == (dev.test, words)

    def test_refuses_arguments_that_would_be_ignored(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="2"):
            dev.parse(["check", "tests/setup"])
        assert "check takes no arguments, got: tests/setup" in capsys.readouterr().err


class TestSteps:
    def test_all_are_taken_and_the_failed_ones_named(self, capfd: pytest.CaptureFixture[str]) -> None:
        assert dev.do({"one": ["false"], "two": ["true"], "three": ["false"]}) == 1
        assert capfd.readouterr().out.splitlines() == [
            "dev.py: one",
            "dev.py: two",
            "dev.py: three",
            "dev.py: failed: one, three",
        ]

    @pytest.mark.parametrize(("last", "code"), [("true", 0), ("false", 1)])
    def test_the_last_one_has_the_last_word(self, last: str, code: int, capfd: pytest.CaptureFixture[str]) -> None:
        assert dev.do({"one": ["true"], "two": [last]}) == code
        assert capfd.readouterr().out.splitlines()[-1] == "dev.py: two"

    def test_go_on_at_the_same_time_and_are_read_one_after_the_other(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        # Each side waits for the other, which it would do forever if one began after the other had ended.
        def meeting(mine: str, other: str, code: int) -> list[str]:
            wait = f"until [ -e {other} ]; do sleep 0.01; done"
            return ["sh", "-c", f"echo {mine} begins; touch {mine}; {wait}; echo {mine} ends >&2; exit {code}"]

        files = str(tmp_path / "one"), str(tmp_path / "two")
        one, two = meeting(*files, 0), meeting(*reversed(files), 1)
        assert dev.do({"one": one}, beside={"two": two, "three": ["echo", "done"]}) == 1
        out, err = capfd.readouterr()
        assert out.replace(f"{tmp_path}/", "").splitlines() == [
            "dev.py: one",
            "one begins",
            "dev.py: two",
            "two begins",
            "two ends",
            "dev.py: three",
            "done",
            "dev.py: failed: two",
        ]
        assert err == f"{files[0]} ends\n"

    def test_keep_compiled_modules(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        dev.do({"one": [sys.executable, "-c", "import sys; print(sys.dont_write_bytecode)"]})
        assert capfd.readouterr().out == "dev.py: one\nFalse\n"

    def test_are_not_begun_after_an_interruption(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        call, begun = dev.call, tmp_path / "begun"

        def interrupted(command: list[str], output: int | None = None) -> object:
            if command == ["interrupted"]:
                raise KeyboardInterrupt
            return call(command, output)

        monkeypatch.setattr(dev, "call", interrupted)
        with pytest.raises(KeyboardInterrupt):
            dev.do({"one": ["interrupted"]}, beside={"two": ["sleep", "1"], "three": ["touch", str(begun)]})
        assert not begun.exists()


def test_every_test_is_in_one_of_the_runs_and_a_file_of_browser_tests_in_one_browser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run: dict[str, list[str]] = {}
    for name in ("prepare", "bring_browser"):
        monkeypatch.setattr(dev, name, lambda *_: None)
    monkeypatch.setattr(dev, "do", lambda steps, beside=None: run.update(steps | (beside or {})) or 0)
    assert dev.test() == 0
    browsers, others = (run[name][run[name].index("pytest") :] for name in ("browser tests", "tests"))
    assert "--dist=loadfile" in browsers
    # The files of the folder that the other run leaves out; conftest.py marks tests of this folder only.
    assert browsers[browsers.index("-m") + 1] == "browser"
    assert others[others.index("-m") + 1] == "not browser"
    assert [word for word in browsers if word.startswith("tests")] == ["tests/browser"]
    assert "--ignore=tests/browser" in others
    assert not [word for word in others if word.startswith("tests")]
    marked = [path for path in (dev.ROOT / "tests").rglob("*.py") if "mark.browser" in path.read_text("utf-8")]
    assert {path.parent.name for path in marked} - {"setup"} == {"browser"}


def test_the_browser_is_installed_beside_the_environment_and_both_are_there_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet, done = Barrier(2, timeout=60), set[str]()

    def installed(what: str) -> None:
        meet.wait()
        done.add(what)

    monkeypatch.setattr(dev, "prepare", installed)
    monkeypatch.setattr(dev, "bring_browser", lambda: installed("browser"))
    assert dev.install() == 0
    assert done == {"dev", "browser"}


def test_a_missing_browser_is_named_where_it_may_not_be_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    dev.bring_browser()
    assert "on Debian, as root: apt-get install chromium-headless-shell" in capsys.readouterr().out
