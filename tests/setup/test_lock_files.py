"""The lock files contain the requirements, with hashes, and nothing in the project names a registry's host."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "requirements"
REMEDY = "run `python3 dev.py lock`"

# In pieces, so that this file does not match itself.
REGISTRY_HOSTS = [".".join(parts) for parts in (["npmjs", "org"], ["pythonhosted", "org"], ["pypi", "org"])]
NOT_COMMITTED = {".git", ".venv", "node_modules", "dist", "__pycache__"}


def pins(name: str) -> dict[str, str]:
    """Return the packages of a lock file with their versions."""
    text = (LOCKS / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


def requirements() -> dict[str, list[Requirement]]:
    """Return the requirements of pyproject.toml for each lock file."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = declared["dependency-groups"]

    def group(name: str) -> list[str]:
        return [
            word for entry in groups[name] for word in ([entry] if isinstance(entry, str) else group(*entry.values()))
        ]

    runtime = declared["project"]["dependencies"]
    declared_groups = {"uv": group("uv"), "runtime": runtime, "build": group("build"), "dev": runtime + group("dev")}
    return {name: list(map(Requirement, words)) for name, words in declared_groups.items()}


@pytest.mark.parametrize("name", requirements())
class TestRequirements:
    def test_hold_the_requirements_of_pyproject(self, name: str) -> None:
        locked = pins(name)
        for requirement in requirements()[name]:
            assert requirement.name in locked, f"{requirement.name} is missing from requirements/{name}.txt; {REMEDY}"
            assert locked[requirement.name] in requirement.specifier, (
                f"requirements/{name}.txt has another {requirement}; {REMEDY}"
            )

    def test_have_hashes(self, name: str) -> None:
        entries = re.findall(r"^[a-z0-9-]+==.*(?:\n +.*)*", (LOCKS / f"{name}.txt").read_text(), re.MULTILINE)
        assert len(entries) == len(pins(name))
        assert all("--hash=sha256:" in entry for entry in entries)

    def test_give_each_package_one_version(self, name: str) -> None:
        everything = pins("dev")
        assert {package: everything.get(package, version) for package, version in pins(name).items()} == pins(name)


class TestPackageLock:
    @pytest.fixture
    def lock(self) -> dict[str, Any]:
        return json.loads((ROOT / "static" / "package-lock.json").read_text())["packages"]

    @pytest.mark.parametrize("kind", ["dependencies", "devDependencies"])
    def test_holds_the_requirements_of_package_json(self, lock: dict[str, Any], kind: str) -> None:
        expected = json.loads((ROOT / "static" / "package.json").read_text()).get(kind, {})
        assert lock[""].get(kind, {}) == expected, REMEDY

    def test_has_hashes_and_no_addresses(self, lock: dict[str, Any]) -> None:
        for name, entry in lock.items():
            assert "resolved" not in entry, f"{name} names its registry; set omit-lockfile-registry-resolved; {REMEDY}"
            assert not name or "integrity" in entry, f"{name} has no hash; {REMEDY}"

    def test_holds_the_packages_of_every_platform(self, lock: dict[str, Any]) -> None:
        # npm leaves out what it could not find when the lock file was made, and then refuses to install from it.
        for name, entry in lock.items():
            for optional in entry.get("optionalDependencies", {}):
                places = {f"node_modules/{optional}", f"{name}/node_modules/{optional}"}
                assert places & lock.keys(), f"{name} lacks its {optional}; take a version that has it"


def test_no_file_names_a_registry_s_host() -> None:
    pattern = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
    found = [str(file.relative_to(ROOT)) for file in committed() if pattern.search(file.read_bytes())]
    assert found == []


def committed() -> list[Path]:
    """Return the project's files; without git, which a fresh machine does not have."""

    def below(folder: Path) -> list[Path]:
        return [
            file
            for entry in folder.iterdir()
            if entry.name not in NOT_COMMITTED and not entry.name.endswith("_cache") and not entry.is_symlink()
            for file in ([entry] if entry.is_file() else below(entry))
        ]

    return below(ROOT)
