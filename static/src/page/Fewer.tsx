import { texts } from '../texts';

/** Says that not all numbers have room, and looks closer. */
export function Fewer({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" class="link fewer" title={texts.diagram.fewerTitle} onClick={onClick}>
      {texts.diagram.fewer}
    </button>
  );
}
