"""A browser that nobody here wrote, and what it makes of a page."""

import json
import subprocess
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
