"""Layout faults of controls in a window of any size, found from their positions."""

from playwright.sync_api import Page

# After two frames the measured sizes have been used for drawing.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"

CLASHES = """() => {
    const found = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) found.push(`the page is ${page.scrollWidth} px wide`);
    const open = document.querySelector('[popover]:popover-open, dialog[open]');
    const named = (one) => `${one.localName} “${(one.ariaLabel || one.textContent).trim().slice(0, 40)}”`;
    const style = (one) => getComputedStyle(one);
    const ancestors = (one) => { const all = []; while ((one = one.parentElement)) all.push(one); return all; };
    const shown = [];
    const controls = 'button, a[href], select, input, summary, label, h1, h2, h3';
    for (const one of (open ?? document).querySelectorAll(controls)) {
        // Drawings have a plan of their own, and radio buttons lie on their labels on purpose.
        if (one.closest('svg, math, .plane, .map, .scrubber, .choice legend')) continue;
        if (one.matches('.choice input, label:not(.choice label)') || style(one).clipPath !== 'none') continue;
        if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        let { left, top, right, bottom } = one.getBoundingClientRect();
        const around = ancestors(one);
        const scrolled = around.some((other) => /auto|scroll/.test(style(other).overflowX));
        for (const other of around) {
            const { display, overflowX, contain } = style(other);
            if (display === 'contents' || (overflowX === 'visible' && !/paint|content|strict/.test(contain))) continue;
            const edge = other.getBoundingClientRect();
            const cut = Math.max(edge.left - left, edge.top - top, right - edge.right, bottom - edge.bottom);
            if (!scrolled && cut > 1) found.push(`${named(one)} is cut off by ${other.className}`);
            [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
            [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
        }
        if (right - left < 2 || bottom - top < 2) continue;
        if (left < -1 || right > page.clientWidth + 1) found.push(`${named(one)} is outside of the window`);
        // What sticks to an edge lies over what is scrolled beneath it.
        const stuck = [one, ...around].find((other) => style(other).position === 'sticky');
        shown.push({ one, left, top, right, bottom, stuck });
    }
    shown.forEach((a, place) => shown.slice(place + 1).forEach((b) => {
        if (a.stuck !== b.stuck || a.one.contains(b.one) || b.one.contains(a.one)) return;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1.5 && down > 1.5) found.push(`${named(a.one)} lies on ${named(b.one)}`);
    }));
    return found;
}"""


def clashes(page: Page) -> list[str]:
    """Controls that overlap, are cut off or outside of the window, and a page wider than its window."""
    page.evaluate(SETTLED)
    found: list[str] = page.evaluate(CLASHES)
    return found
