import { toggleTable } from '../state/moves';
import { asTable } from '../state/store';
import { texts } from '../texts';

/** Says that not all numbers have room, and looks closer. */
export function Fewer({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="link fewer" title={texts.diagram.fewerTitle} onClick={onClick}>
      {texts.diagram.fewer}
    </button>
  );
}

/** The diagram as a picture or as tables. */
export function TableToggle() {
  return (
    <button
      type="button"
      class="quiet as-table"
      title={texts.tables.toggleTitle}
      aria-pressed={asTable.value}
      onClick={toggleTable}
    >
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9" />
      </svg>
      <span>{texts.tables.toggle}</span>
    </button>
  );
}
