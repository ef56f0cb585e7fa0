"""Damaged or hostile links: a message explains them, and no code runs."""

from typing import Any

from playwright.sync_api import BrowserContext, expect

from tests.app.conftest import example
from tests.browser.clashes import SETTLED
from tests.browser.explorer import Explorer, Watch
from tests.browser.links import STATE, held, notice, payload

# As JSON just within what a link may unpack to.
MILLIONS = f'{{"document":{{"layers":[],"y":[],"x":[{",".join(["0"] * 5_900_000)}]}}}}'


def hostile(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Contents of a link that is not a network, and the message for each."""
    good = payload({"document": document})
    version, packed, state = good.split(".")
    unfit = document | {"y": [[1.0, 2.0, 3.0]]}
    return {
        "cut": (good[: len(good) // 2], "A part of it is missing."),
        "turned": (f"{version}.{packed[:-9]}AAAA{packed[-5:]}.{state}", "It is damaged"),
        "other hash": (f"{version}.{packed}.{'0' * 16}", "does not match its state hash"),
        "later version": (f"2.{packed}.{state}", "another version of this page"),
        "megabytes": (f"1.{'A' * 2_000_000}.{state}", "at most 32,000 are opened"),
        "bomb": (payload(None, " " * 20_000_000), "unpacks to more than 12 MB"),
        "numbers": (
            payload(None, MILLIONS),
            "more than 20,000 numbers, and no link has that. Please get the network as a",
        ),
        "prototype": (payload(None, '{"document": {"__proto__": {"x": 1}}}'), "the key “__proto__”"),
        "constructor": (payload({"document": document | {"constructor": 1}}), "the key “constructor”"),
        "not a number": (payload({"document": document | {"x": [[float("nan"), 1]]}}), "JSON has no NaN"),
        "no document": (payload({"document": [1, 2]}), "not a network document"),
        "other format": (payload({"document": document | {"format": "tinyml-network/9"}}), "tinyml-network/9"),
        "unfit": (payload({"document": unfit}), "y"),
        "unknown layer": (payload({"document": document | {"layers": [{"type": "Evil"}]}}), "Kind of Layer 1: "),
    }


def test_a_hostile_link_is_refused_and_the_picture_stays(explorer: Explorer, watch: Watch) -> None:
    watch.refusals_expected = True
    explorer.choose("two-layers")
    explorer.press("End")
    before = explorer.shown(explorer.diagram)
    for case, (link, message) in hostile(explorer.example("chapter")).items():
        explorer.page.evaluate("link => { location.hash = link }", f"#diagram&s={link}")
        expect(notice(explorer)).to_contain_text("The link could not be opened.")
        expect(notice(explorer)).to_contain_text(message)
        expect(notice(explorer)).to_contain_text("Your network is still open.")
        assert explorer.shown(explorer.diagram) == before, case
        assert explorer.page.evaluate("({}).x === undefined"), case
        notice(explorer).get_by_role("button", name="Close this message").click()
        expect(notice(explorer)).to_have_text("")
        explorer.page.evaluate(SETTLED)
        assert explorer.shown(explorer.diagram) == before, case


def test_a_damaged_link_is_refused_with_the_reason_and_opens_nothing(unopened: Explorer) -> None:
    explorer, page = unopened, unopened.page
    link = f"{unopened.origin}/#diagram&s=1.AAAA.0123456789abcdef"
    page.goto(link)
    expect(notice(explorer)).to_contain_text("The link could not be opened. It is damaged")
    expect(notice(explorer)).not_to_contain_text("What you had")
    expect(explorer.diagram).to_contain_text("No network is open.")
    # Without a network there are no steps to take, play or run.
    expect(page.get_by_role("button", name="Take the first step")).to_have_count(0)
    expect(explorer.timeline.get_by_role("button")).to_have_count(0)
    explorer.press("r")
    expect(explorer.timeline.get_by_role("textbox")).to_have_count(0)
    expect(explorer.diagram.locator(".node")).to_have_count(0)
    expect(page.get_by_label("Example")).to_have_value("")
    page.wait_for_timeout(900)
    assert page.url == link, "a reload must find the same link"
    page.get_by_role("button", name="Open the example “Fully connected layer”").click()
    expect(page.get_by_label("Example")).to_have_value("chapter")
    expect(explorer.node("x 1")).to_be_visible()
    expect(notice(explorer)).to_have_text("")


REWRITTEN = {
    "percent-encoded": lambda link: link.replace("&", "%26").replace("=", "%3D"),
    "HTML entity": lambda link: link.replace("&", "&amp;"),
    "end of a sentence": lambda link: f"{link}.",
    "brackets": lambda link: f"{link})",
    "angle bracket": lambda link: f"{link}>",
    "blank": lambda link: f"{link[:40]} {link[40:]}",
    "line break": lambda link: f"{link[:40]}%0A{link[40:]}",
}


def test_a_link_that_a_chat_or_a_mail_program_rewrote_opens(context: BrowserContext, watch: Watch, origin: str) -> None:
    for case, rewritten in REWRITTEN.items():
        document = example("two-layers") | {"name": f"From a chat: {case}"}
        link = f"#check&s={payload({'document': document, 'cursor': 3})}"
        page = context.new_page()
        watch.follow(page)
        page.goto(f"{origin}/{rewritten(link)}")
        # The address changes once the network is open.
        expect(page).to_have_url(STATE, timeout=20_000)
        state = held(page.url)
        assert state["document"]["name"] == f"From a chat: {case}"
        assert state["cursor"] == 3, case
        expect(notice(Explorer(page, origin))).to_have_text("")
        page.close()


def test_names_with_markup_are_shown_as_text_and_nothing_runs(unopened: Explorer) -> None:
    name = "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>"
    document = example("chapter") | {"name": name}
    unopened.page.goto(f"{unopened.origin}/#diagram&s={payload({'document': document})}")
    expect(unopened.sentence).to_contain_text(f"“{name}” is ready.")
    unopened.page.get_by_role("button", name="History").click()
    expect(unopened.page.get_by_role("dialog", name="History")).to_contain_text(name)
    assert unopened.page.evaluate("window.ran") is None
