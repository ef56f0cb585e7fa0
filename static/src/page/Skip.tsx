import { texts } from '../texts';

/** The picture's part that Tab leads to, or what stands in its place. */
const PLACES = ['.picture .part', '.columns', 'main > section'].map((place) => `${place}[tabindex="0"]`);
const CONTROLS = 'main > section:not(.diagram) :is(button, input, select, a)';

/** Past all that stands above: seen only while it has the focus, as the first stop of the page. */
export function Skip() {
  const skip = () => {
    const found = [...PLACES, CONTROLS].flatMap((place) => [
      ...document.querySelectorAll<HTMLElement | SVGElement>(place),
    ]);
    // A view that is put aside has its stops, but not in sight.
    found.find((one) => one.getClientRects().length > 0)?.focus();
  };
  return (
    <button type="button" class="skip" onClick={skip}>
      {texts.header.skip}
    </button>
  );
}
