"""One page for all tests of a file, reset to a new visitor's state each time: a new page costs four times as much.

Tests that bring their own network into any state of the page need no reset: they go on where the one before them ended.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, ViewportSize

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
HELD = ("Shift", "Control", "Alt", "Meta")
# Changes that cannot be reset, so that the next test needs another page.
FOR_GOOD = ("add_init_script", "expose_binding", "expose_function", "new_cdp_session")
# Changes that most tests do not make; resetting each costs a call of the browser.
CHANGES = ("down", "route", "route_from_har", "route_web_socket", "set_offline", "grant_permissions")
# Changes of how a page is shown, which have their own reset.
MEDIA = ("emulate_media",)
# None of our scripts run there, and it shares the page's storage.
PARKED = "/api/parked"

Scheme = Literal["light", "dark"]


class SharedPage:
    """A page in a separate context. `fresh` resets what a test changed, or returns another page; `as_left` resets what
    is around the network: the window, the media, what is held and who listens.
    """

    def __init__(self, chromium: Browser, origin: str, script: str = "", locale: str | None = None) -> None:
        self.chromium = chromium
        self.origin = origin
        # What all its tests have in common: a script that runs first in each document, and the visitor's language.
        self.script = script
        self.locale = locale
        self.context: BrowserContext | None = None
        self.left = False

    def fresh(self, scheme: Scheme = "light") -> Page:
        """The page, without any trace of the previous test, and not navigating."""
        self.left = False
        if not self._cleaned():
            self._renew()
        self._look(scheme)
        return self.page

    def leave(self) -> None:
        """Let the next test go on with the page."""
        self.left = True

    def as_left(self) -> Page | None:
        """The page of the test before, with its network, if that test left it."""
        left, self.left = self.left, False
        if not left or not self.context or self.spoilt or self.page.is_closed():
            return None
        self._silence(self.context)
        self._let_go()
        self._look("light")
        # In a field, the keys of the page would be letters.
        self.page.evaluate("document.activeElement.blur()")
        return self.page

    def _look(self, scheme: Scheme) -> None:
        if self.look != scheme:
            self.page.emulate_media(
                media="null",
                color_scheme=scheme,
                reduced_motion="reduce",
                forced_colors="none",
                contrast="no-preference",
            )
            self.look = scheme
        if self.page.viewport_size != LAPTOP:
            self.page.set_viewport_size(LAPTOP)

    def close(self) -> None:
        """Close the page and its storage; the next one is new."""
        if self.context:
            self.context.close()
        self.context = None

    def _renew(self) -> None:
        self.close()
        self.context = self.chromium.new_context(viewport=LAPTOP, reduced_motion="reduce", locale=self.locale)
        self.page: Page = self.context.new_page()
        if self.script:
            self.page.add_init_script(self.script)
        self.session: CDPSession = self.context.new_cdp_session(self.page)
        # The theme, until a test changes anything of how the page is shown.
        self.look: Scheme | None = None
        self.listening: list[tuple[Page | BrowserContext, Any, Callable[..., Any]]] = []
        self.spoilt = False
        self.changed = False
        self._note(self.page, self.context)

    def _note(self, page: Page, context: BrowserContext) -> None:
        """Make the page record what has to be reset."""

        def noting(owner: Page | BrowserContext, listen: Callable[..., None]) -> Callable[..., None]:
            def listened(event: Any, f: Callable[..., Any]) -> None:
                self.listening.append((owner, event, f))
                listen(event, f)

            return listened

        def marking(mark: str, value: Any, act: Callable[..., Any]) -> Callable[..., Any]:
            def acted(*arguments: Any, **named: Any) -> Any:
                setattr(self, mark, value)
                return act(*arguments, **named)

            return acted

        for owner in (page, context, page.keyboard, page.mouse):
            for name in CHANGES:
                if hasattr(owner, name):
                    setattr(owner, name, marking("changed", True, getattr(owner, name)))
        for owner in (page, context):
            for name in ("on", "once"):
                setattr(owner, name, noting(owner, getattr(owner, name)))
            for name in FOR_GOOD:
                if hasattr(owner, name):
                    setattr(owner, name, marking("spoilt", True, getattr(owner, name)))
        for name in MEDIA:
            setattr(page, name, marking("look", None, getattr(page, name)))

    def _cleaned(self) -> bool:
        """Whether everything could be reset."""
        if not self.context or self.spoilt or self.page.is_closed():
            return False
        try:
            return self._clean(self.context)
        except Error:
            return False

    def _clean(self, context: BrowserContext) -> bool:
        page = self.page
        self._silence(context)
        page.goto(f"{self.origin}{PARKED}")
        self._let_go()
        # A clock that was set stays set.
        clock: bool = page.evaluate(
            "() => { localStorage.clear(); sessionStorage.clear(); return '__pwClock' in window; }"
        )
        self.session.send("Page.resetNavigationHistory")
        return not clock

    def _silence(self, context: BrowserContext) -> None:
        """No other page, listener, route, cookie or permission, and the network is there."""
        for other in context.pages:
            if other != self.page:
                other.close()
        for owner, event, f in self.listening:
            # A listener for a single event may have removed itself.
            with suppress(KeyError):
                owner.remove_listener(event, f)
        self.listening.clear()
        context.clear_cookies()
        if self.changed:
            self.page.unroute_all(behavior="ignoreErrors")
            context.unroute_all(behavior="ignoreErrors")
            context.set_offline(False)
            context.clear_permissions()

    def _let_go(self) -> None:
        """Nothing is pressed, and the pointer is outside."""
        if self.changed:
            self.page.mouse.up()
            for key in HELD:
                self.page.keyboard.up(key)
            self.changed = False
        self.page.mouse.move(-1, -1)
