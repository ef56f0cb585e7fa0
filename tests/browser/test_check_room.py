"""No text of the Check view is cut off or overlaps another text or the data, in a window of any size."""

from tests.browser.check_view import CheckView
from tests.browser.explorer import Explorer
from tests.browser.test_check_sentences import STATES, settled, trained

SIZES = [(1280, 720), (1024, 768), (360, 740)]

CROWDED = """region => {
    const found = [], boxes = [];
    const named = one => `“${one.textContent.trim().slice(0, 50)}”`;
    const own = one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const elsewhere = '.visually-hidden, math, .table-frame, .map-node, select';
    const hidden = one => one.closest(elsewhere) || !one.checkVisibility();
    for (const one of region.querySelectorAll('*')) {
        if (!own(one) || hidden(one)) continue;
        const parts = [...one.getClientRects()];
        if (one.closest('svg') && one.localName !== 'text') continue;
        for (let around = one.parentElement; around && around !== document.body; around = around.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(around);
            const scrolls = /auto|scroll/.test(overflowX + overflowY);
            const reached = around.tabIndex >= 0 || around.querySelector('button, a, input, select, [tabindex]');
            if (scrolls && !reached) found.push(`no key reaches the end of ${around.className}`);
            if (scrolls || (overflowX === 'visible' && overflowY === 'visible')) {
                if (scrolls) break;
                continue;
            }
            const edge = around.getBoundingClientRect();
            for (const part of parts) {
                const cut = Math.max(edge.left - part.left, part.right - edge.right, edge.top - part.top,
                    part.bottom - edge.bottom);
                const who = around.className.baseVal ?? around.className;
                if (cut > 1.5) found.push(`${named(one)} is cut off by ${who}`);
            }
        }
        // What is scrolled away lies on nothing.
        const scroller = one.closest('.beside');
        const frame = scroller && getComputedStyle(scroller).overflowY === 'auto' && scroller.getBoundingClientRect();
        for (const part of parts) {
            const bottom = frame ? Math.min(part.bottom, frame.bottom) : part.bottom;
            const top = frame ? Math.max(part.top, frame.top) : part.top;
            if (bottom - top > 1) boxes.push({ one, left: part.left, right: part.right, top, bottom });
        }
    }
    const lies = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3.5;
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
        if (!a.one.contains(b.one) && !b.one.contains(a.one) && lies(a, b))
            found.push(`${named(a.one)} lies on ${named(b.one)}`);
    }));
    const table = region.querySelector('.table-frame').getBoundingClientRect();
    for (const box of boxes) if (lies(box, table)) found.push(`${named(box.one)} lies on the table`);
    const dots = [...region.querySelectorAll('.dot .body')].map(dot => dot.getBoundingClientRect());
    for (const label of region.querySelectorAll('.axes text, .chosen text')) {
        // The box of a mathematical letter is much taller than its ink, which stands on the baseline.
        const { left, right } = label.getBoundingClientRect();
        const { y } = label.getStartPositionOfChar(0).matrixTransform(label.getScreenCTM());
        const ink = { left, right, top: y - 9, bottom: y + 1 };
        if (dots.some(dot => Math.min(dot.right, right) - Math.max(dot.left, left) > 0.5
            && Math.min(dot.bottom, ink.bottom) - Math.max(dot.top, ink.top) > 0.5))
            found.push(`a point lies on ${named(label)}`);
    }
    return [...new Set(found)];
}"""


def crowded(view: CheckView) -> list[str]:
    view.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = view.region.evaluate(CROWDED)
    return found


def test_no_text_is_cut_off_or_printed_over(themed: Explorer) -> None:
    view = CheckView(themed)
    view.open()
    for state in ("chapter, 100 steps", "dead-relu, 100 steps", "a kink"):
        given = STATES[state]
        document = themed.bring(trained(themed, *given) if isinstance(given, tuple) else given)["document"]
        settled(view, view.check_answer(document))
        for width, height in SIZES:
            view.page.set_viewport_size({"width": width, "height": height})
            for typed in ("1e-12", "1e-5"):
                view.epsilon.fill(typed)
                settled(view, view.check_answer(document, float(typed)))
                assert crowded(view) == [], (state, width, typed)
                assert view.page.evaluate("document.documentElement.scrollWidth") <= width, state
                # Only remarks that are longer than usual are scrolled: the beginning of a line is taken for all of it.
                if width == 1280 and state != "a kink":
                    beside = view.curve.locator(".beside")
                    assert beside.evaluate("one => one.scrollHeight - one.clientHeight") <= 0, (state, typed)


def test_what_is_too_long_for_its_place_is_scrolled_by_key(view: CheckView) -> None:
    view.page.set_viewport_size({"width": 1280, "height": 620})
    beside = view.curve.locator(".beside")
    beside.evaluate("one => { one.style.maxHeight = '60px'; }")
    # The view is long once the curve is shown.
    view.page.wait_for_function("one => one.scrollHeight > one.clientHeight", arg=beside.element_handle())
    beside.focus()
    view.page.keyboard.press("End")
    view.page.wait_for_function("one => one.scrollTop > 0", arg=beside.element_handle())
