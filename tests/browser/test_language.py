"""The page in Chinese: chosen or detected, complete, and without loss of state."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.explorer import Explorer, Watch
from tests.browser.shared_page import SharedPage

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Texts that are the same in every language: names, keys, and the names of people and files.
SAME = re.compile(
    r"Backprop Explorer|LaTeX|ReLU|ReLu|Softmax|softmax|Adam|JSON|CSV|UTF|Xavier|He|Enter|Esc|Home|End|Ctrl|Shift"
    r"|Huber|Nesterov|nabla|Alt|Cmd|Mac|SVG|PNG|Page|EN|English|max|tanh|im2col|numpy|\b(x|fc_\d|relu_\d|conv_\d)(\.[\w.]+)?(\[[\d,]*\])?"
)


def wait_for_picture(page: Page) -> None:
    expect(page.locator(".edge").first).to_be_visible()


def choose(page: Page, name: str) -> None:
    """Choose a language, which reloads the page."""
    page.get_by_role("radio", name=name).check(force=True)
    tag = {"English": "en", "简体中文": "zh-Hans"}[name]
    expect(page.locator("html")).to_have_attribute("lang", tag)
    wait_for_picture(page)


@pytest.fixture(scope="module")
def reader(chromium: Browser, origin: str) -> Iterator[SharedPage]:
    """The page of a visitor who reads Chinese."""
    shared = SharedPage(chromium, origin, locale="zh-CN")
    yield shared
    shared.close()


@pytest.fixture
def chinese(reader: SharedPage, origin: str, watch: Watch) -> Iterator[Page]:
    """That page, opened."""
    page = reader.fresh()
    watch.follow(page)
    page.goto(origin)
    wait_for_picture(page)
    yield page
    watch.verify()


def english_words(page: Page) -> list[str]:
    """English words on the page, including formulas and texts for screen readers, except those that are marked as
    English.
    """
    texts: list[str] = page.evaluate(
        """() => {
            const texts = [];
            const spoken = ['aria-label', 'title', 'aria-description', 'aria-valuetext', 'placeholder'];
            const english = (element) => element.closest('[lang]').lang === 'en';
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
            for (let node = walker.currentNode; node; node = walker.nextNode()) {
                if (node.nodeType === Node.TEXT_NODE) {
                    const element = node.parentElement;
                    const hidden = element.closest('noscript, script');
                    const mark = element.closest('math') ? ' in math' : '';
                    if (!hidden && !english(element)) texts.push(node.data + mark);
                } else if (!english(node)) texts.push(...spoken.map((name) => node.getAttribute(name) ?? ''));
            }
            return texts;
        }"""
    )
    words = r"[A-Za-z]{3,} ?[a-z]{2,}|[A-Za-z]{4,}"
    found = {text for text in texts if re.search(words, SAME.sub("", text.removesuffix(" in math")))}
    # In a formula one word is enough; functions have the same names in every language.
    maths = (text.removesuffix(" in math") for text in texts if text.endswith(" in math"))
    functions = re.compile(r"log|exp|sign|erf|mean")
    return sorted(found | {text for text in maths if re.search("[A-Za-z]{2,}", functions.sub("", SAME.sub("", text)))})


def test_the_language_is_that_of_the_visitor_until_one_is_chosen(chinese: Page) -> None:
    expect(chinese.locator("html")).to_have_attribute("lang", "zh-Hans")
    choose(chinese, "English")
    expect(chinese.get_by_role("button", name="Take the first step")).to_be_visible()
    chinese.reload()
    wait_for_picture(chinese)
    expect(chinese.locator("html")).to_have_attribute("lang", "en")


def test_english_loads_no_texts_of_another_language(explorer: Explorer) -> None:
    loaded = explorer.page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert any("/assets/" in name for name in loaded)
    assert not [name for name in loaded if "/assets/zh-" in name]


def test_a_page_whose_language_cannot_be_loaded_is_english(chromium: Browser, origin: str) -> None:
    page = chromium.new_page(locale="zh-CN")
    page.route("**/assets/zh-*", lambda route: route.abort())
    page.goto(origin)
    wait_for_picture(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="Take the first step")).to_be_visible()
    page.close()


def test_nothing_is_lost_when_the_language_changes(explorer: Explorer) -> None:
    page = explorer.page
    explorer.choose("batch-of-three")
    field = explorer.field("/layers/0/w/0/1")
    # With the focus it shows all its digits; typing would append to them.
    field.focus()
    field.fill("1/3")
    explorer.press("Tab")
    expect(field).to_have_value("0.333333")
    page.evaluate("document.activeElement.blur()")
    explorer.press("End")
    explorer.press("4")
    explorer.press("ArrowLeft", 9)
    explorer.select("h_2^(1)")
    explorer.notation("Chain rule").check()
    before, position = explorer.shown(explorer.diagram), explorer.position()
    choose(page, "简体中文")
    expect(page.get_by_role("radio", name="链式法则")).to_be_checked()
    expect(explorer.part("h_2^(1)")).to_have_attribute("aria-pressed", "true")
    slider, expected = page.get_by_role("slider"), f"第 {position[0]} 步，共 {position[1]} 步，更新"
    expect(slider).to_have_attribute("aria-valuetext", expected)
    expect(page.locator('[data-pointer="/layers/0/w/0/1"]')).to_have_value("0.333333")
    assert explorer.shown(page.get_by_role("region", name="网络图")) == before
    choose(page, "English")
    expect(slider).to_have_attribute("aria-valuetext", f"step {position[0]} of {position[1]}, update")
    assert explorer.shown(explorer.diagram) == before


def test_a_network_without_targets_is_edited_and_explained_in_both_languages(explorer: Explorer) -> None:
    page = explorer.page
    document = explorer.example("batch-of-three")
    del document["y"]
    explorer.bring(document | {"name": "", "loss": {"type": "output"}})
    explorer.press("End")
    expect(explorer.build.get_by_label(re.compile("^y "))).to_have_count(0)
    expect(explorer.diagram.locator(".truth")).to_have_count(0)
    expect(explorer.diagram.locator('[data-ref="fc_2.output.grad[0,1]"]')).to_have_attribute("data-value", "1")
    page.get_by_role("combobox", name="Loss").select_option(label="Given gradient")
    explorer.field("/loss/gradient/0/1").fill("-0.75")
    expect(explorer.diagram.locator('[data-ref="fc_2.output.grad[0,1]"]')).to_have_attribute("data-value", "-0.75")
    page.evaluate("document.activeElement.blur()")
    explorer.part("loss").click()
    expect(explorer.inspector.locator(".result").first).to_be_visible()
    explorer.build.get_by_role("button", name="Table …").click()
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    explorer.press("Escape")
    before = explorer.shown(explorer.diagram)
    choose(page, "简体中文")
    expect(page.locator('[data-pointer="/loss/gradient/0/1"]')).to_have_attribute("data-value", "-0.75")
    assert explorer.shown(page.get_by_role("region", name="网络图")) == before
    assert english_words(page) == []
    page.locator(".build .training select").first.select_option("half_squared_error")
    expect(page.locator('[data-pointer="/y/0/1"]')).to_be_visible()
    assert english_words(page) == []
    page.keyboard.press("Control+z")
    expect(page.locator('[data-pointer="/y/0/1"]')).to_have_count(0)
    choose(page, "English")
    assert explorer.shown(explorer.diagram) == before


def test_a_change_that_the_address_has_not_seen_yet_is_kept_too(explorer: Explorer) -> None:
    field = explorer.field("/layers/0/w/0/0")
    field.focus()
    field.fill("0.75")
    choose(explorer.page, "简体中文")
    expect(explorer.page.locator('[data-pointer="/layers/0/w/0/0"]')).to_have_value("0.75")


def test_the_sentence_of_each_step_is_chinese(chinese: Page) -> None:
    sentence = chinese.get_by_role("status")
    chinese.get_by_label("示例").select_option("two-layers")
    expect(sentence).to_have_text("“带 ReLU 的两层网络”已就绪。输入、目标和权重是已知的；其余的数都有待计算。")
    for grain in "1234":
        chinese.keyboard.press("Home")
        chinese.keyboard.press(grain)
        before = ""
        while not before.endswith("一次训练步骤至此完成。"):
            chinese.keyboard.press("ArrowRight")
            expect(sentence).not_to_have_text(before)
            # With a slow server its place is empty for a while and marked as busy.
            expect(sentence).to_have_attribute("aria-busy", "false")
            before = sentence.inner_text()
            assert CHINESE.search(before), before
    assert english_words(chinese) == []


def test_every_part_of_the_page_is_chinese(chinese: Page) -> None:
    assert english_words(chinese) == []
    chinese.keyboard.press("?")
    expect(chinese.get_by_role("heading", name="帮助")).to_be_visible()
    assert english_words(chinese) == []
    chinese.keyboard.press("Escape")
    chinese.get_by_role("button", name="分享").click()
    expect(chinese.get_by_role("heading", name="在本服务器上")).to_be_visible()
    assert english_words(chinese) == []
    chinese.keyboard.press("Escape")
    chinese.get_by_label("示例").select_option("two-layers")
    chinese.locator('[data-pointer="/optimizer/lr"]').fill("0.25")
    chinese.keyboard.press("Tab")
    chinese.get_by_role("button", name="历史").click()
    expect(chinese.locator(".history")).to_contain_text("学习率")
    assert english_words(chinese) == []
    chinese.keyboard.press("Escape")
    chinese.locator('[data-part="fc_1.w[0,0]"]').dispatch_event("click")
    chinese.keyboard.press("End")
    for notation in ("标量", "链式法则", "矩阵", "路径"):
        chinese.get_by_role("radio", name=notation).check(force=True)
        expect(chinese.locator(".inspector")).to_have_attribute("aria-busy", "false")
        expect(chinese.locator(".inspector [lang=en]")).to_have_count(0)
        assert english_words(chinese) == []
    chinese.get_by_role("link", name="矩阵").click()
    # Only what is in view is drawn.
    chinese.set_viewport_size({"width": 1280, "height": 4000})
    expect(chinese.locator('[data-equation="loss"]')).to_contain_text("平方误差之半")
    assert english_words(chinese) == []
    chinese.set_viewport_size({"width": 1280, "height": 720})
    chinese.get_by_role("link", name="检验").click()
    expect(chinese.get_by_text("反向传播与判定依据的相对偏差")).to_be_visible()
    expect(chinese.locator(".check tbody tr").first).to_be_visible()
    assert english_words(chinese) == []


def test_images_are_described_in_chinese(chinese: Page) -> None:
    chinese.get_by_label("示例").select_option("convolution")
    expect(chinese.get_by_role("region", name="特征图：卷积层")).to_be_visible()
    chinese.keyboard.press("End")
    assert english_words(chinese) == []


def test_refusals_are_in_chinese(chinese: Page, watch: Watch) -> None:
    watch.refusals_expected = True
    field = chinese.locator('[data-pointer="/optimizer/lr"]')
    field.fill("-1")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(chinese.locator(".training .message")).to_have_text("学习率最小为 0。 使用 0")
    assert english_words(chinese) == []


def test_axe_finds_no_violation_in_chinese(chinese: Page, origin: str) -> None:
    chinese.keyboard.press("End")
    for view in ("网络图", "矩阵", "检验"):
        chinese.get_by_role("link", name=view).click()
        assert_accessible(Explorer(chinese, origin))


@pytest.mark.parametrize("size", [(1280, 720), (768, 1024), (390, 844)])
def test_chinese_fits_the_window(chinese: Page, size: tuple[int, int]) -> None:
    """Neither the page nor a choice in its header has lines that are longer than their space."""
    chinese.set_viewport_size({"width": size[0], "height": size[1]})
    for slug in ("chapter", "vanishing", "digits-cnn"):
        chinese.get_by_label("示例").select_option(slug)
        chinese.keyboard.press("End")
        wide = chinese.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], slug
    settings = chinese.get_by_role("button", name="语言、配色与帮助")
    if settings.is_visible():
        settings.click()
    lines = chinese.locator(".languages label > span").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(lines) == 2
    assert max(lines) < 40
