"""Watching builds after every change and shows it to this machine alone; the files are those of `build`."""

import hashlib
import http.client
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from browser import browsing
from conftest import ROOT, Inline
from handbill import inputs, making, production, records, watch
from handbill.__main__ import main
from handbill.errors import CallError
from handbill.making import Job, Made, inputs_of
from handbill.order import Order
from handbill.output import gathered
from handbill.pipeline import build, prepare
from handbill.report import Output
from handbill.watch import Remembered, build_once, forget_resources
from handbill.watch.news import Board
from handbill.watch.server import hash_of_picture, live, read_below, serving

NAME = "myanmar-accountability-2025"
PICTURE = f"{NAME}/fr/{NAME}-fr-screen.png"
FRENCH, OTHER = "le monde doit", "le monde entier doit"
"""Words of the French title, and what they are changed to."""

Answer = tuple[int, dict[str, str], bytes]


def drawn(job: Job) -> bytes:
    """A picture of one colour, which tells one version from another."""
    colour = hashlib.sha256(repr(job.version.statement).encode()).digest()[:3]
    file = io.BytesIO()
    Image.new("RGB", (240, 340), tuple(colour)).save(file, "PNG")
    return file.getvalue()


def made_quickly(job: Job) -> Made:
    statement, pdf = job.version.statement, b"%PDF of " + repr(job.version.statement).encode()
    digest = hashlib.sha256(pdf).hexdigest()
    told = (job.path, digest, len(pdf), 1, job.edition, job.language, "unreviewed", (), job.draft, inputs_of(job))
    pieces = {"made_of": making.made_of(job), "program": inputs.hash_of_all(making.the_program())}
    return Made(Output(statement.name, statement.title, *told, **pieces), pdf, drawn(job))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Puts a few bytes in the place of a PDF and a colour in that of its picture; lists what was made."""
    made: list[str] = []

    def make_together(jobs: list[Job]) -> list[Made]:
        made.extend(job.path for job in jobs)
        return [made_quickly(job) for job in jobs]

    monkeypatch.setattr(watch, "Workers", Inline)
    monkeypatch.setattr(production, "Workers", Inline)
    monkeypatch.setattr(production, "make_together", make_together)
    monkeypatch.setattr(records, "contact_sheet", lambda gallery, pictures: b"%PDF")
    return made


def ordered(folder: Path, *tags: str) -> Order:
    return Order((folder,), tags or ("fr",), ("screen",), folder.parent / "out")


def saved(folder: Path, file: str, old: str, new: str) -> None:
    """Change a file as an editor does that writes a new one and renames it."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    aside = folder / f".{file}.kate-swp"
    aside.write_text(text.replace(old, new, 1), encoding="utf-8")
    aside.replace(folder / file)


def state(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def get(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, dict(answer.headers), content


class Interrupted(threading.Event):
    """Stands for Ctrl-C in a test, where watching is not in the main thread."""

    def told(self, line: str) -> None:
        if self.is_set():
            raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class Watched:
    """A statement that is being watched."""

    folder: Path
    out: Path
    address: str
    news: Iterator[dict[str, Any]]

    def after(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first news that is so."""
        return next(each for each in self.news if holds(each))


@contextmanager
def watched(order: Order) -> Iterator[Watched]:
    """Watch in a thread, after the first build, until the context ends."""
    addresses: list[str] = []
    ready, ended = threading.Event(), Interrupted()

    def tell_address(address: str) -> None:
        addresses.append(address)
        ready.set()

    def until_interrupted() -> None:
        with pytest.raises(KeyboardInterrupt):
            watch.watch(order, 0, ended.told, tell_address)

    thread = threading.Thread(target=until_interrupted)
    thread.start()
    assert ready.wait(60)
    connection = http.client.HTTPConnection(addresses[0].split("/")[2], timeout=60)
    connection.request("GET", "/.live/news")
    stream = connection.getresponse()
    news = (json.loads(line[6:]) for line in stream if line.startswith(b"data: "))
    watched = Watched(order.folders[0], order.out, addresses[0], news)
    try:
        watched.after(lambda news: news["builds"] > 0)
        yield watched
    finally:
        ended.set()
        (order.folders[0] / "statement.toml").touch()
        thread.join(60)
        stream.close()
        connection.close()
    assert not thread.is_alive()


class TestAfterAChange:
    """What is built, with quick pages in the place of real ones."""

    def test_what_changed_is_made_again_and_its_picture_is_served_under_another_hash(
        self, statement_folder: Path, quick: list[str]
    ) -> None:
        with watched(ordered(statement_folder, "en", "fr")) as each:
            before = get(each.address, "/")[2]
            saved(each.folder, "fr.po", FRENCH, OTHER)
            news = each.after(lambda news: news["builds"] == 2)
            after = get(each.address, "/")[2]
            digest = hash_of_picture((each.out / PICTURE).read_bytes())
            shown = get(each.address, f"/{PICTURE}?{digest}")
        assert [path.rpartition("-fr-")[2] for path in quick if "/fr/" in path] == ["screen.pdf"] * 2
        assert len(quick) == 3, "English is made once"
        assert f"{PICTURE}?{digest}".encode() in after and digest.encode() not in before
        assert shown[0] == 200 and shown[2] == (each.out / PICTURE).read_bytes()
        assert f"{NAME}/en/{NAME}-en-screen.pdf: unchanged" in news["lines"]

    def test_the_output_folder_is_as_build_leaves_it(
        self, statement_folder: Path, tmp_path: Path, quick: list[str]
    ) -> None:
        order = ordered(statement_folder)
        with watched(order) as each:
            saved(each.folder, "fr.po", FRENCH, OTHER)
            each.after(lambda news: news["builds"] == 2)
        build(Order(order.folders, order.languages, order.editions, tmp_path / "built"), lambda line: None)
        assert state(order.out) == state(tmp_path / "built")

    def test_what_is_refused_is_told_and_the_former_files_stay_until_it_is_mended(
        self, statement_folder: Path, quick: list[str]
    ) -> None:
        with watched(ordered(statement_folder)) as each:
            former = state(each.out)
            saved(each.folder, "fr.po", "plus de 6", "plus de 7")
            refused = each.after(lambda news: news["builds"] == 2)
            assert "fr.po" in refused["fault"] and "7" in refused["fault"]
            assert state(each.out) == former
            assert get(each.address, f"/{NAME}/fr/{NAME}-fr-screen.pdf")[0] == 200
            saved(each.folder, "fr.po", "plus de 7", "plus de 6")
            assert each.after(lambda news: news["builds"] == 3)["fault"] == ""

    def test_a_half_written_file_is_refused_and_its_rest_is_built(
        self, statement_folder: Path, quick: list[str]
    ) -> None:
        whole = (statement_folder / "fr.po").read_bytes()
        with watched(ordered(statement_folder)) as each:
            (each.folder / "fr.po").write_bytes(whole[: len(whole) // 2])
            assert each.after(lambda news: news["builds"] == 2)["fault"]
            (each.folder / "fr.po").write_bytes(whole)
            assert each.after(lambda news: news["builds"] == 3)["fault"] == ""

    def test_several_files_saved_at_once_are_one_build(self, statement_folder: Path, quick: list[str]) -> None:
        with watched(ordered(statement_folder)) as each:
            saved(each.folder, "fr.po", FRENCH, OTHER)
            saved(each.folder, "statement.toml", "#7a1f2b", "#1f2b7a")
            last = each.after(lambda news: news["builds"] == 2)
            assert not last["fault"]
            assert each.out.joinpath(f"{NAME}/proof.html").is_file()
        assert len(quick) == 2

    def test_a_picture_is_shown_while_the_build_still_runs(self, statement_folder: Path, quick: list[str]) -> None:
        board, shown = Board(), []
        order = ordered(statement_folder)

        def tell(line: str) -> None:
            if board.news.pictures:
                shown.append((dict(board.news.pictures), (order.out / PICTURE).exists()))

        with serving(order.out, board, 0) as address:
            build_once(order, board, tell, Inline())
            ((pictures, in_place),) = shown
            wanted = f"/{PICTURE}?{pictures[PICTURE]}"
            assert not in_place and get(address, wanted)[0] == 200
            assert get(address, f"/{PICTURE}?0123456789abcdef")[0] == 404, "it is not of that hash any more"
        assert board.news.pictures == {}

    def test_a_withheld_name_is_in_no_news(self, statement_folder: Path, quick: list[str]) -> None:
        withheld = prepare(statement_folder).statement.signatories[2].name
        path = statement_folder / "signatories.toml"
        path.write_text(f"{path.read_text('utf-8')}\n[[signatories]]\nnumber = 3\nwithheld = true\n", "utf-8")
        board = Board()
        build_once(ordered(statement_folder, "fr"), board, lambda line: None, Inline())
        assert board.news.fault and "withh" in board.news.fault
        assert withheld not in json.dumps([board.news.fault, board.news.lines], ensure_ascii=False)


def test_a_text_whose_translations_alone_changed_is_not_cleaned_again(statement_folder: Path) -> None:
    remembered = Remembered()
    first = remembered(statement_folder)
    saved(statement_folder, "fr.po", FRENCH, OTHER)
    assert remembered(statement_folder) is first
    saved(statement_folder, "source.txt", "Burma Action Ireland", "Burma Action Eire")
    assert remembered(statement_folder) is not first


def test_nothing_that_was_read_of_the_program_is_remembered_when_it_changes(packs: Path) -> None:
    from handbill.languages import load_language

    first = load_language("fr")
    saved(packs, "fr.toml", 'name = "Français"', 'name = "Le français"')
    assert load_language("fr") is first
    forget_resources()
    assert load_language("fr").pack.name == "Le français"


class TestTheServer:
    """What is answered, and to whom."""

    @pytest.fixture
    def out(self, tmp_path: Path) -> Path:
        folder = tmp_path / "out"
        (folder / "a statement").mkdir(parents=True)
        (folder / "index.html").write_text("<html><head></head><body>The briefs</body></html>")
        (folder / "a statement" / "a.pdf").write_bytes(b"%PDF")
        (folder / ".last-build").write_text("secret")
        (folder / "notes.txt").write_text("secret")
        (tmp_path / "secret.html").write_text("secret")
        (folder / "link.html").symlink_to(tmp_path / "secret.html")
        (folder / "linked").symlink_to(tmp_path)
        gathered(folder).mkdir(parents=True)
        (gathered(folder) / "secret.html").write_text("secret")
        os.mkfifo(folder / "pipe.html")
        return folder

    @pytest.fixture
    def address(self, out: Path) -> Iterator[str]:
        with serving(out, Board(), 0) as address:
            yield address

    def test_the_gallery_and_the_files_are_served_and_kept_by_nobody(self, address: str) -> None:
        for path, kind in (("/", "text/html; charset=utf-8"), ("/a%20statement/a.pdf", "application/pdf")):
            status, headers, content = get(address, path)
            assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store")
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert get(address, path, "HEAD")[2] == b"" != content

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""],
    )
    def test_whoever_asks_by_another_name_gets_nothing(self, address: str, host: str) -> None:
        status, _, content = get(address, "/", Host=host)
        assert status == 421 and b"briefs" not in content

    @pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "127.0.0.1:1", "[::1]:8000"])
    def test_every_name_of_this_machine_is_answered_to(self, address: str, host: str) -> None:
        assert get(address, "/", Host=host)[0] == 200

    def test_a_request_without_a_host_gets_nothing(self, address: str) -> None:
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=10)
        connection.putrequest("GET", "/", skip_host=True)
        connection.endheaders()
        assert connection.getresponse().status == 421
        connection.close()

    @pytest.mark.parametrize(
        "path",
        [
            *(
                "/../secret.html",
                "/%2e%2e/secret.html",
                "/a/../../secret.html",
                "/..%2fsecret.html",
                "//secret.html",
            ),
            *("/link.html", "/linked/secret.html", "/.last-build", "/.handbill/gathered/secret.html", "/notes.txt"),
            *("/pipe.html", "/a%20statement", "/a%20statement/", "/secret.html", "/%ff.html", "/a%00.html"),
            *("/..%5csecret.html", "http://127.0.0.1/index.html", "/.live/server.py", "/.live/../index.html"),
        ],
    )
    def test_nothing_else_is_found(self, address: str, path: str) -> None:
        status, _, content = get(address, path)
        assert status == 404 and b"secret" not in content

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
    def test_nothing_can_be_done_but_read(self, address: str, method: str) -> None:
        assert get(address, "/", method)[0] == 405

    def test_it_listens_on_the_loopback_address_alone(self, address: str) -> None:
        port = int(address.split(":")[2].strip("/"))
        listening = [
            line.split()[1]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if line.split()[3] == "0A"
        ]
        assert [each.split(":")[0] for each in listening if each.endswith(f":{port:04X}")] == ["0100007F"]

    def test_a_port_that_is_taken_is_refused_with_the_way_out(self, address: str, out: Path) -> None:
        port = int(address.split(":")[2].strip("/"))
        with pytest.raises(CallError, match=str(port)) as refused, serving(out, Board(), port):
            pass
        assert "--port" in refused.value.remedy

    def test_before_the_first_build_there_is_a_page_that_waits_for_it(self, tmp_path: Path) -> None:
        with serving(tmp_path / "none", Board(), 0) as address:
            assert b"/.live/live.js" in get(address, "/")[2]

    def test_a_page_runs_our_script_and_no_other(self, address: str, out: Path) -> None:
        _, headers, page = get(address, "/")
        assert page.count(b"<script") == 1 and b'<script src="/.live/live.js" data-builds="0" defer>' in page
        policy = headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"} <= {
            *policy
        }
        assert b"<script" not in (out / "index.html").read_bytes()
        assert b"//" not in get(address, "/.live/live.js")[2].replace(b"// ", b""), "no address of elsewhere"


def test_a_link_to_a_picture_outside_is_asked_for_without_a_hash(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.png").symlink_to(tmp_path / "a.png")
    page = b'<head></head><img src="a.png"><img src="../a.png">'
    assert page[13:] in live(page, 0, tmp_path / "out")
    assert read_below(tmp_path / "out", ("a.png",)) is None


def test_the_port_must_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    for port in ("70000", "-1", "http"):
        with pytest.raises(SystemExit) as refused:
            main(["watch", NAME, "--port", port])
        assert refused.value.code == 2 and "0 to 65535" in capsys.readouterr().err


def test_ctrl_c_ends_it_with_nobody_left_behind_and_the_folder_whole(statement_folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "handbill",
        "watch",
        str(statement_folder),
        "-l",
        "en",
        "-e",
        "screen",
        "-j",
        "2",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build")}
    out = statement_folder.parent / "out"
    with subprocess.Popen(
        [*command, "-o", str(out), "--port", "0"],
        env=environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout and program.stderr
        assert program.stdout.readline().startswith("http://127.0.0.1:")
        assert "46 signatories" in program.stderr.readline()  # a layout is begun
        workers = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does
        told, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    assert "whole" in told and "Traceback" not in errors
    assert len(workers) == 2 and not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    assert not (out / ".handbill").exists()


def test_a_browser_shows_the_new_picture_and_then_the_error_and_stays_at_its_place(
    statement_folder: Path, tmp_path: Path, quick: list[str]
) -> None:
    """In Chromium, of a page that it loaded once."""
    order = Order((statement_folder,), ("fr",), (), tmp_path / "out")
    with watched(order) as each, browsing(each.address, tmp_path) as page:
        digest = hash_of_picture((each.out / PICTURE).read_bytes())
        assert page.comes(f"document.images.length && document.images[0].src.endsWith('?{digest}')")
        page.value("window.isTheSame = true; document.querySelectorAll('a')[3].focus(); scrollTo(0, 300)")
        place = page.value("scrollY")
        saved(each.folder, "fr.po", FRENCH, OTHER)
        each.after(lambda news: news["builds"] == 2)
        fresh = hash_of_picture((each.out / PICTURE).read_bytes())
        assert place > 0 and fresh != digest
        assert page.comes(f"document.images[0].src.endsWith('?{fresh}') && document.images[0].naturalWidth")
        assert page.comes("document.querySelector('[role=status]').textContent.startsWith('Up to date. 6 files')")
        assert page.value("isTheSame && scrollY") == place
        assert page.value("[...document.querySelectorAll('a')].indexOf(document.activeElement)") == 3
        saved(each.folder, "statement.toml", "title =", '"<img src=x onerror=document.title=0>" = 1\ntitle =')
        assert page.comes("document.querySelector('[role=alert]').textContent.includes('<img')")
        assert page.value("document.querySelector('[role=alert]').children.length") == 0
        assert page.value("document.images[0].src.split('?')[1]") == fresh
        assert page.value("document.title") != "0"
