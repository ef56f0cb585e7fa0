"""axe in a page: no violation in light and dark, and what it finds with any options."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.explorer import Explorer

# States that depend on the theme; everything else is the same in light and dark, and is checked in light.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# axe makes ten thousands of colours and keeps each of their parts in a WeakMap. As properties of the colours the parts
# are found much faster; `WeakMap` means this only while axe's code is read.
AS_PROPERTIES = """(() => {
    const kept = { WeakMap, WeakSet };
    class Properties {
        key = Symbol();
        has(one) { return this.key in one; }
        get(one) { return one[this.key]; }
        set(one, value) { one[this.key] = value; return this; }
        add(one) { return this.set(one, true); }
    }
    Object.assign(window, { WeakMap: Properties, WeakSet: Properties });
    %s;
    Object.assign(window, kept);
})()"""
RUN = "async options => ({ violations: (await axe.run(options)).violations })"
# For each text axe parses the colours of all elements around it: tens of thousands of times a dozen colours. That took
# half of the time of its colour rules.
PARSE_ONCE = """() => {
    const { prototype } = axe.commons.color.Color;
    const parse = prototype.parseString;
    const known = new Map();
    prototype.parseString = function (text) {
        if (known.has(text)) {
            const { r, g, b, alpha } = known.get(text);
            Object.assign(this, { r, g, b, alpha });
        } else {
            parse.call(this, text);
            known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
        }
        return this;
    };
}"""


def assert_accessible(explorer: Explorer) -> None:
    """The explorer passes `examine`."""
    examine(explorer.page)


def examine(page: Page) -> None:
    """No violation in the light theme, nor one of colours in the dark theme, which is set for that moment."""
    for scheme, rules in {"light": {}, "dark": OF_COLOURS}.items():
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("scheme => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme)
        results = run(page, rules)
        assert results.response["violations"] == [], (scheme, results.generate_report())
    page.emulate_media(color_scheme="light")


def run(page: Page, options: dict[str, Any]) -> AxeResults:
    """The violations of the page as it is now."""
    # Once per document: the code is compiled when it runs, and again for each later use.
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(AS_PROPERTIES.replace("%s", AXE_SCRIPT))
        page.evaluate(PARSE_ONCE)
    return AxeResults(page.evaluate(RUN, {"resultTypes": ["violations"]} | options))
