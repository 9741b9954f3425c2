"""WeasyPrint by itself over the pages that Handbill composes: nothing is fitted, derived, checked or drawn."""

from typing import Any

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handbill.model import Composition


class AssetFetcher(URLFetcher):  # type: ignore[misc, unused-ignore]
    """Serves a page's own files."""

    def __init__(self, page: Composition) -> None:
        super().__init__(allowed_protocols={"asset"})
        self._assets = page.assets

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The file of this address."""
        asset = self._assets[url]
        return URLFetcherResponse(url, body=asset.content, headers={"Content-Type": asset.media_type})


def bare(page: Composition) -> bytes:
    """Lay a page out and write it, as WeasyPrint does by itself."""
    pdf: bytes = weasyprint.HTML(string=page.html, url_fetcher=AssetFetcher(page)).write_pdf(pdf_tags=True)
    return pdf
