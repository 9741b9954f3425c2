"""A browser that nobody here wrote, and what it makes of a page."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import lxml.html

from conftest import require

_PROBE = """<!doctype html><meta charset="utf-8"><body style="margin: 0">
<iframe src="{address}" style="border: 0; height: 700px; width: {width}px"></iframe><pre></pre>
<script>
addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument
  for (const image of page.images) image.loading = "eager"
  tell(page)
}})
function tell(page) {{
  const images = [...page.images]
  if (!images.every(image => image.complete)) return setTimeout(tell, 50, page)
  const focused = []
  for (const each of page.querySelectorAll("a[href], [tabindex]")) {{
    each.focus()
    focused.push(page.activeElement === each)
  }}
  document.querySelector("pre").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth,
    seen: page.documentElement.clientWidth,
    images: images.map(image => image.naturalWidth),
    focused: focused,
  }})
}}
</script>"""


def browse(page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Open a page in headless Chromium, offline, with a profile of its own in the folder."""
    command = [require("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command += [f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND", *options]
    command.append(page.as_uri())
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)


def measure(page: Path, folder: Path, width: int) -> dict[str, Any]:
    """What a window of this width (px) shows of a page: its width, its images, what takes the focus."""
    probe = folder / f"probe-{width}.html"
    probe.write_text(_PROBE.format(address=page.as_uri(), width=width), encoding="utf-8")
    dumped = browse(probe, folder, "--allow-file-access-from-files", "--virtual-time-budget=10000", "--dump-dom")
    told: dict[str, Any] = json.loads(lxml.html.document_fromstring(dumped.stdout).xpath("string(//pre)"))
    return told


class Page:
    """A page that a browser shows, asked over the pipe of its protocol for developers."""

    def __init__(self, asking: int, answers: int) -> None:
        self._asking, self._answers = os.fdopen(asking, "wb"), os.fdopen(answers, "rb")
        self._asked, self._session = 0, {}

    def open(self, address: str) -> None:
        target = self._ask("Target.createTarget", url=address)["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}

    def value(self, expression: str) -> Any:
        """What an expression is worth in the page."""
        return self._ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def comes(self, expression: str) -> bool:
        """Whether something comes true in the page before long."""
        for _ in range(600):
            if self.value(expression):
                return True
            time.sleep(0.05)
        return False

    def close(self) -> None:
        self._asking.close()
        self._answers.close()

    def _ask(self, method: str, **parameters: object) -> Any:
        self._asked += 1
        question = {"id": self._asked, "method": method, "params": parameters, **self._session}
        self._asking.write(json.dumps(question).encode() + b"\0")
        self._asking.flush()
        while (answer := json.loads(self._message())).get("id") != self._asked:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _message(self) -> bytes:
        message = b""
        while not message.endswith(b"\0"):
            byte = self._answers.read(1)
            assert byte, "the browser is gone"
            message += byte
        return message[:-1]


@contextmanager
def browsing(address: str, folder: Path) -> Iterator[Page]:
    """A page of a server on this machine in headless Chromium, with a profile of its own in the folder."""
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
    options += [f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    theirs_in, asking = os.pipe()
    answers, theirs_out = os.pipe()
    # It reads from file 3 and writes to file 4.
    command = [
        "sh",
        "-c",
        f'exec "$@" 3</dev/fd/{theirs_in} 4>/dev/fd/{theirs_out}',
        "sh",
        require("chromium"),
        *options,
    ]
    pipes = (theirs_in, theirs_out)
    with subprocess.Popen(command, pass_fds=pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        for each in pipes:
            os.close(each)
        page = Page(asking, answers)
        try:
            page.open(address)
            yield page
        finally:
            page.close()
            program.kill()
