"""The parameters of a network, with the running state of its layers, as a file of arrays by name."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.export.format import Format
from app.export.subject import Subject


def write(suffix: str, subject: Subject) -> bytes:
    """The file that `Sequential.export` writes, and `load` reads."""
    with TemporaryDirectory() as folder, subject.known.network() as experiment:
        file = Path(folder) / f"model.{suffix}"
        experiment.model.export(file)
        return file.read_bytes()


FORMATS = tuple(
    Format("model", suffix, media_type, f"model.{suffix}", partial(write, suffix), bytes=(20_000, 300))
    for suffix, media_type in (("npz", "application/zip"), ("safetensors", "application/octet-stream"))
)
