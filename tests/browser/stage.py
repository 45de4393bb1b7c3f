"""A headless Chromium on a thread of its own, one for each worker of the test run.

The browser tests run on that thread too: playwright's synchronous API leaves an event loop running on the
thread that it starts on, and every other test of the same worker would then be unable to start one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, sync_playwright

Result = TypeVar("Result")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE_MS = 8_000
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


def find_chromium() -> str | None:
    """Return the browser's program, or None when this machine has none on its PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Stage:
    """Chromium and the thread on which it is driven."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._thread = ThreadPoolExecutor(1, "chromium")
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def run(self, work: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """Do `work` on the browser's thread and wait for it."""
        return self._thread.submit(work, *args, **kwargs).result()

    def browser(self) -> Browser:
        """Return the browser, started at the first call; on its thread only."""
        if self._browser is None:
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(executable_path=self._program, args=FLAGS)
        return self._browser

    def close(self) -> None:
        """End the browser and the thread."""
        self.run(self._end)
        self._thread.shutdown()

    def _end(self) -> None:
        if self._browser is not None:
            self._browser.close()
        if self._playwright is not None:
            self._playwright.stop()


@dataclass
class Tabs:
    """The pages of one test. Call it to open one; `complaints` gathers what went wrong in any of them."""

    stage: Stage
    complaints: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    """Parts of complaints that the test expects."""
    _contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        url: str,
        who: str = "",
        channel: str = "",
        *,
        size: tuple[int, int] = (1280, 800),
        dark: bool = False,
    ) -> Page:
        """Open the workspace at `url` as the person `who`, in `channel` (ids; empty: the page chooses)."""
        context = self.stage.browser().new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="en-US",
        )
        context.set_default_timeout(PATIENCE_MS)
        # Pictures of messages lie on other hosts; no test leaves this machine.
        context.route(re.compile("^https:"), _pixel)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        query = f"?{urlencode({'as': who})}" if who else ""
        page.goto(f"{url}/{query}#{channel}")
        page.get_by_role("log").or_(page.get_by_role("tabpanel")).first.wait_for()
        return page

    def _note(self, kind: str, text: str) -> None:
        if kind == "error" and not any(part in text for part in self.allowed):
            self.complaints.append(text)

    def close(self) -> None:
        """Close them all; on the browser's thread only."""
        for context in self._contexts:
            context.close()


def _pixel(route: Route) -> None:
    route.fulfill(status=200, content_type="image/png", body=PIXEL)
