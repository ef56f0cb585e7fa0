import { toggleTable } from '../state/moves';
import { fold, folded, type PanelName, toggleLecture } from '../state/panels';
import { asTable } from '../state/store';
import { lecture } from '../state/view';
import { texts } from '../texts';
import { LinkButton, Sign, SignButton } from './buttons';

const words = texts.header;

/** Says that some numbers are hidden for lack of room, and zooms in. */
export function Fewer({ onClick }: { onClick: () => void }) {
  return (
    <LinkButton class="fewer" title={texts.diagram.fewerTitle} onClick={onClick}>
      {texts.diagram.fewer}
    </LinkButton>
  );
}

/** Switches the diagram between a picture and tables. */
export function TableToggle() {
  return (
    <button
      type="button"
      class="quiet as-table"
      title={texts.tables.toggleTitle}
      aria-pressed={asTable.value}
      onClick={toggleTable}
    >
      <Sign d="M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9" />
      <span>{texts.tables.toggle}</span>
    </button>
  );
}

/** The panels on the left and on the right, drawn as the part of the window that they use. */
const SIGNS: Record<PanelName, string> = {
  build: 'M2 3h12v10H2zM6.5 3v10M3.5 6h1.5M3.5 8.5h1.5',
  inspector: 'M2 3h12v10H2zM9.5 3v10M11 6h1.5M11 8.5h1.5',
};
const SCREEN = 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3';
const LEAVE = 'M6 3v3H3M13 6h-3V3M10 13v-3h3M3 10h3v3';

/** Folds the panels away and back; each also has a key. */
export function Folds() {
  return (
    <>
      <Fold of="build" />
      <Fold of="inspector" />
      <LectureButton />
    </>
  );
}

export function Fold({ of }: { of: PanelName }) {
  return (
    <SignButton
      class="fold"
      title={words.folds[of]}
      d={SIGNS[of]}
      pressed={!folded.value[of]}
      onClick={() => fold(of)}
    />
  );
}

/** Starts a lecture; during one there is no header, and the button is among the diagram's controls. */
export function LectureButton() {
  const title = lecture.value ? words.leaveLecture : words.lecture;
  return <SignButton title={title} d={lecture.value ? LEAVE : SCREEN} onClick={toggleLecture} />;
}
