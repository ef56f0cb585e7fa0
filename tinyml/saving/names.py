"""Valid names of arrays in files."""

from tinyml.saving.limits import MAX_NAME_BYTES


def fault_of_name(name: str) -> str | None:
    """What is wrong with an array's name, or None; the name itself is not repeated, as it may be anything."""
    # Some programs unpack a zip into files, where a name that leads out of its folder is harmful.
    if not name.isprintable() or any(sign in name for sign in "\\:"):
        return "an array's name contains characters that cannot be printed, or one of \\ and :"
    if any(part in {"", ".", ".."} for part in name.split("/")):
        return "an array's name is empty, or a path to another folder"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"an array's name is longer than {MAX_NAME_BYTES} bytes"
    if name == "__metadata__":
        return "an array is called __metadata__, which safetensors reserves"
    return None
