"""The server: the gallery in a browser, kept up to date, for this machine alone.

In: an output folder, the news of its builds, requests on the loopback address. Out: the folder's pages, pictures
and briefs, never kept by the browser, each page with a script that follows the news. The files on the disk have no
script. Only loopback names are answered to, so that a page from elsewhere whose name is made to lead here
(DNS rebinding) reads nothing; and nothing that is no output of a build, or that a link leads to.
"""

import hashlib
import json
import os
import re
import socketserver
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from html import unescape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from handbill.errors import CallError
from handbill.output import MANIFEST, SUMS, gathered
from handbill.watch.news import Board

LOOPBACK = "127.0.0.1"

_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
"""Names that lead to this machine wherever they are asked for; the port may be that of a tunnel to here."""

_HERE = Path(__file__).parent
_SCRIPT, _NEWS = "/.live/live.js", "/.live/news"
_GALLERY = ("index.html",)
_EMPTY = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Handbill</title></head><body></body></html>'
)

_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    MANIFEST: "application/json",
    SUMS: "text/plain; charset=utf-8",
}
"""What is served, by a file's ending or its name."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        *("img-src 'self'", "style-src 'unsafe-inline'", "script-src 'self'", "connect-src 'self'"),
        *("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"),
    )
)
_POLICY_ON_DISK = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_PICTURE = re.compile(rb'(<img src=")([^"?]+)(")')

_PATIENCE = 15.0
"""Seconds after which a browser without news is sent a sign of life, so that one that is gone is noticed."""


@contextmanager
def serving(out: Path, board: Board, port: int) -> Iterator[str]:
    """Serve an output folder as long as the context lasts.

    Args:
        out: The folder; it need not be there yet.
        board: News of its builds.
        port: On the loopback address; 0 for any free one.

    Yields:
        The address of the gallery.

    Raises:
        CallError: The port is taken.
    """
    try:
        server = _Server((LOOPBACK, port), partial(_Handler, out, board))
    except OSError as error:
        raise CallError(
            f"{LOOPBACK}:{port}: {error.strerror or error}.",
            "Choose another port with --port, or 0 for a free one.",
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}/"
    finally:
        board.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bind without asking what this machine is called, as `http.server` would: that asks the network."""
        socketserver.TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 30

    def __init__(self, out: Path, board: Board, *connection: Any) -> None:
        self._out, self._board = out, board
        super().__init__(*connection)

    def parse_request(self) -> bool:
        """Refuse what is not asked of this machine by its own name, or would do more than read."""
        if not super().parse_request():
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.command not in ("GET", "HEAD"):
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
        else:
            return True
        return False

    def do_GET(self) -> None:
        """Answer with a file, the script, or the news."""
        path, _, wanted = self.path.partition("?")
        if path == _NEWS:
            self._tell_news()
        elif path == _SCRIPT:
            self._send((_HERE / "live.js").read_bytes(), "text/javascript; charset=utf-8")
        else:
            self._send_file(parts_of(path) or ("",), wanted)

    do_HEAD = do_GET  # noqa: N815

    def _send_file(self, parts: tuple[str, ...], wanted: str) -> None:
        builds = self._board.news.builds  # before the page is read: it is not older than that
        kind = _TYPES.get(parts[-1]) or _TYPES.get(Path(parts[-1]).suffix, "")
        content = self._content(parts, wanted) if kind else None
        if content is None and parts == _GALLERY:
            content = _EMPTY
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif kind.startswith("text/html"):
            self._send(live(content, builds, self._out), kind)
        else:
            self._send(content, kind)

    def _content(self, parts: Sequence[str], wanted: str) -> bytes | None:
        """A file of the folder; or, where it is wanted by its hash, what the running build made in its stead."""
        if not wanted:
            return read_below(self._out, parts)
        found = (read_below(folder, parts) for folder in (gathered(self._out), self._out))
        return next((each for each in found if each is not None and hash_of_picture(each) == wanted), None)

    def _tell_news(self) -> None:
        """Send the news as they come (Server-Sent Events), until the browser goes away."""
        self._begin("text/event-stream")
        seen = -1
        with suppress(OSError):
            while self.command == "GET" and not self._board.is_closed:
                news = self._board.after(seen, _PATIENCE)
                seen = news.number if news else seen
                told = f"data: {json.dumps(asdict(news))}\n\n" if news else ":\n\n"
                self.wfile.write(told.encode())

    def _send(self, content: bytes, kind: str) -> None:
        self._begin(kind, len(content))
        if self.command == "GET":
            with suppress(OSError):
                self.wfile.write(content)

    def _begin(self, kind: str, length: int | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if kind.startswith("text/html"):
            self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()

    def end_headers(self) -> None:
        """Let nothing be kept, guessed, or shown in a page from elsewhere."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def version_string(self) -> str:
        """What the server calls itself."""
        return "Handbill"

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep no log."""


def live(page: bytes, builds: int, out: Path) -> bytes:
    """A page with the script that follows the news, and with every picture asked for by its hash.

    Args:
        page: As it is on the disk.
        builds: How many builds had ended when it was read.
        out: The output folder, where its pictures are.
    """

    def by_hash(found: re.Match[bytes]) -> bytes:
        parts = parts_of(f"/{unescape(found[2].decode())}")
        content = read_below(out, parts) if parts else None
        if content is None:
            return found[0]
        return b"%b%b?%b%b" % (found[1], found[2], hash_of_picture(content).encode(), found[3])

    script = f'<script src="{_SCRIPT}" data-builds="{builds}" defer></script></head>'.encode()
    without_policy = _POLICY_ON_DISK.sub(b"", page, count=1)  # it forbids scripts; the header's takes its place
    return _PICTURE.sub(by_hash, without_policy).replace(b"</head>", script, 1)


def hash_of_picture(content: bytes) -> str:
    """What a picture is asked for by, so that a browser that has another one of this path asks again."""
    return hashlib.sha256(content).hexdigest()[:16]


def parts_of(path: str) -> tuple[str, ...] | None:
    """The folders and the file that an address names, below the output folder; None where it may name none.

    >>> parts_of("/a%20statement/en/a.pdf"), parts_of("/")
    (('a statement', 'en', 'a.pdf'), ('index.html',))
    >>> parts_of("/../a.pdf"), parts_of("/%2e%2e/a.pdf"), parts_of("/.handbill/a.pdf"), parts_of("http://a/")
    (None, None, None, None)
    """
    if path == "/":
        return _GALLERY
    try:
        root, *parts = unquote(path, errors="strict").split("/")
    except UnicodeDecodeError:
        return None
    if root or any(not part or part.startswith(".") or re.search(r"[\\\x00-\x1f]", part) for part in parts):
        return None
    return tuple(parts)


def read_below(folder: Path, parts: Sequence[str]) -> bytes | None:
    """A plain file below a folder, come by without following a link; None where there is none."""
    try:
        place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        for part in parts[:-1]:
            place = _entered(place, part)
        with os.fdopen(_opened(place, parts[-1]), "rb") as file:
            return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except OSError:
        return None


def _entered(place: int, name: str) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
    finally:
        os.close(place)


def _opened(place: int, name: str) -> int:
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
    finally:
        os.close(place)
