"""Install parindex into ``.venv`` with whatever the machine has: ``install.py run|test|check|bench``.

Needs Python 3.11 and nothing else. Ways, in order: uv; the venv module; a .venv without pip, filled by the system's pip
from outside (a Debian without python3-venv); the same filled by a pip wheel fetched for it; as root on Debian or
Ubuntu, ``apt-get install python3-venv``. Only the last one touches anything outside this folder. Versions and hashes
come from ``requirements/*.txt``, exported from ``uv.lock``. A second call does nothing while folder, versions and this
script are the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / ".venv.log"
QUICK_BROWSER = "chromium-headless-shell"
OFFICE = "libreoffice-calc-nogui"

#: Per goal: the requirements files, and what the first installation costs on a 64-bit Linux (MB to download, MB on the
#: disk).
GOALS = {
    "run": (("build", "run"), (190, 640)),
    "test": (("build", "run", "test"), (300, 1130)),
    "check": (("build", "run", "test", "check"), (340, 1230)),
    "bench": (("build", "run", "bench"), (215, 710)),
}


FAILED = f"""
Không cài đặt được; chi tiết ở {LOG.name}. Nguyên nhân thường gặp: không có mạng (cần tới pypi.org, hoặc kho pip nội bộ
đặt bằng PIP_INDEX_URL), ổ đĩa đầy, hoặc thiếu gói python3-venv. Sửa xong hãy chạy lại lệnh make.
The installation failed; see {LOG.name}. Usual causes: no network (pypi.org is needed, or an index of your own by
PIP_INDEX_URL), a full disk, or no python3-venv. Mend it and call make again."""


class Failed(Exception):
    """One way of installing does not work here."""


def main(goal: str) -> int:
    """Install what ``goal`` needs; 0 when it is there."""
    groups, (download, disk) = GOALS[goal]
    if "test" in groups:
        try:
            LOG.write_text("", encoding="utf-8")
            browser()
            office()
        except Failed as failure:
            say(str(failure))
            return 1
    if PYTHON.exists() and all(read(stamp(group)) == fingerprint(group) for group in groups):
        return 0
    if PYTHON.exists():
        say("Bổ sung những gì còn thiếu trong .venv. Completing .venv.")
    else:
        say(f"Lần đầu cài đặt vào .venv: tải khoảng {download} MB, chiếm {disk} MB đĩa; thường mất một đến ba phút.")
        say(
            f"First installation into .venv: {download} MB to download, {disk} MB on disk; usually one to three minutes"
        )
    started = time.monotonic()
    LOG.write_text("", encoding="utf-8")
    for title, way in ways():
        say(f"→ {title}")
        try:
            installer = way()
        except (Failed, OSError) as failure:
            log(f"{title}: {failure}\n")
            continue
        try:
            install(installer, groups)
        except (Failed, OSError) as failure:
            log(f"{title}: {failure}\n")
            if way in (existing, by_uv):  # an own pip may reach what these did not
                continue
            break  # the .venv was fine, the packages were not: another .venv would not help
        say(f"✓ .venv: {size_megabytes(VENV)} MB, {time.monotonic() - started:.0f} s")
        return 0
    say("\n".join(LOG.read_text(encoding="utf-8").splitlines()[-8:]))
    say(FAILED)
    return 1


# --- ways: each leaves an empty .venv and answers with the command that installs into it --------------------------

Command = list[str | Path]


def ways() -> Iterator[tuple[str, Callable[[], Command]]]:
    """Every way that may work here, the cheapest first."""
    if PYTHON.exists() and read(VENV / ".made-in") in ("", str(ROOT)):
        yield "pip, .venv", existing
    if shutil.which("uv"):
        yield "uv", by_uv
    yield "python -m venv", by_venv
    yield "python -m venv --without-pip; python -m pip --python .venv", by_system_pip
    yield "python -m venv --without-pip; pip (pypi.org)", by_pip_wheel
    if os.geteuid() == 0 and shutil.which("apt-get"):
        yield "apt-get install python3-venv; python -m venv", by_apt


def existing() -> Command:
    """A .venv that was made in this folder (or by `uv sync`, which leaves no note of it) is completed."""
    run([PYTHON, "-m", "pip", "--version"])
    return [PYTHON, "-m", "pip", "install"]


def by_uv() -> Command:
    """The quickest, where uv is there."""
    remove_venv()
    run(["uv", "venv", "--python", sys.executable, VENV])
    return ["uv", "pip", "install", "--compile-bytecode", "--python", PYTHON]


def by_venv() -> Command:
    """The ordinary way."""
    remove_venv()
    run([sys.executable, "-m", "venv", VENV])
    return [PYTHON, "-m", "pip", "install"]


def by_system_pip() -> Command:
    """Debian keeps back the pip that venv would put in; the system's own pip (22.3 or newer) can fill a .venv from
    outside.
    """
    remove_venv()
    run([sys.executable, "-m", "venv", "--without-pip", VENV])
    command: Command = [sys.executable, "-m", "pip", "--python", PYTHON]
    run([*command, "--version"])
    return [*command, "install"]


def by_pip_wheel() -> Command:
    """No pip, or an old one: the wheel of the locked pip runs as it is."""
    remove_venv()
    run([sys.executable, "-m", "venv", "--without-pip", VENV])
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    wheel = next(package["wheels"][0] for package in packages if package["name"] == "pip")
    with urllib.request.urlopen(wheel["url"], timeout=60) as response:
        content = response.read()
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != wheel["hash"]:
        raise Failed(f"{wheel['url']}: the hash is not the locked one")
    path = VENV / wheel["url"].rpartition("/")[2]
    path.write_bytes(content)
    return [PYTHON, path / "pip", "install"]


def by_apt() -> Command:
    """Root on Debian or Ubuntu: the package that is missing."""
    apt_get("python3", "python3-venv", "ca-certificates")
    remove_venv()
    run(["/usr/bin/python3", "-m", "venv", VENV])
    return [PYTHON, "-m", "pip", "install"]


def apt_get(*packages: str) -> None:
    """Packages of Debian or Ubuntu, for root; servers that do not answer are given up soon."""
    quick = ["-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20"]
    run(["apt-get", "update", *quick])
    options = ["install", "-y", "--no-install-recommends", *quick]
    run(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *packages])


def browser() -> None:
    """Chromium, for the tests that use the application as a person would; on Debian and Ubuntu root gets it.

    The one without windows (``chromium-headless-shell``) is asked for first, once: a test of a page takes a third less
    with it. Where it cannot be had, another one does.
    """
    has_one = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    if shutil.which(QUICK_BROWSER) or (has_one and PYTHON.exists()):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for package in (QUICK_BROWSER,) if has_one else (QUICK_BROWSER, "chromium"):
            say(f"→ apt-get install {package}")
            with suppress(Failed):
                apt_get(package)
                return
    if not has_one:
        raise Failed("chromium is missing: apt-get install chromium")


def office() -> None:
    """LibreOffice's spreadsheet, without windows: the tests have it work out the formulas of a result."""
    if shutil.which("soffice"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"→ apt-get install {OFFICE}")
        with suppress(Failed):
            apt_get(OFFICE)
    if not shutil.which("soffice"):
        raise Failed(f"LibreOffice is missing: apt-get install {OFFICE}")


def install(installer: Command, groups: tuple[str, ...]) -> None:
    """The locked packages, then parindex itself from this folder; the stamps say that it was done."""
    files = [part for group in groups for part in ("-r", ROOT / "requirements" / f"{group}.txt")]
    run([*installer, "--require-hashes", *files], show=True)
    run([*installer, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    run([PYTHON, "-c", "import parindex, numpy"])
    (VENV / ".made-in").write_text(str(ROOT), encoding="utf-8")
    for group in groups:
        stamp(group).write_text(fingerprint(group), encoding="utf-8")


# --- small parts ----------------------------------------------------------------------------------------------------


def stamp(group: str) -> Path:
    """The file in .venv that says which version of ``group`` is installed."""
    return VENV / f".installed-{group}"


def fingerprint(group: str) -> str:
    """What an installation is made from: another folder or another version is another installation."""
    made_from = [Path(__file__), ROOT / "pyproject.toml", ROOT / "requirements" / f"{group}.txt"]
    parts = [str(ROOT).encode(), *(path.read_bytes() for path in made_from)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def run(command: Command, *, show: bool = False) -> None:
    """Run ``command``; its output goes to the log, and with ``show`` a dot a line to the terminal. Raises
    :class:`Failed`.
    """
    log(f"$ {' '.join(map(str, command))}\n")
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            log(line)
            if show:
                print(".", end="", flush=True)
    if show:
        print(flush=True)
    if process.returncode:
        raise Failed(f"exit {process.returncode}: {command[0]}")


def remove_venv() -> None:
    """Away with a .venv that is incomplete, or was made for another folder."""
    shutil.rmtree(VENV, ignore_errors=True)


def size_megabytes(folder: Path) -> int:
    """What ``folder`` takes on the disk."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*")) // 1_000_000


def read(path: Path) -> str:
    """The text of ``path``; "" where there is none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def log(text: str) -> None:
    """Keep ``text`` for whoever has to find out what went wrong."""
    with LOG.open("a", encoding="utf-8") as file:
        file.write(text)


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(text, flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in GOALS:
        sys.exit(f"usage: install.py {'|'.join(GOALS)}")
    sys.exit(main(sys.argv[1]))
