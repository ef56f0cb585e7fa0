import { fold, folded, type PanelName, toggleLecture } from '../state/panels';
import { lecture } from '../state/view';
import { texts } from '../texts';
import { Sign } from './Sign';

const words = texts.header;

/** Panels on the left and on the right, drawn as what they take of the window. */
const SIGNS: Record<PanelName, string> = {
  build: 'M2 3h12v10H2zM6.5 3v10M3.5 6h1.5M3.5 8.5h1.5',
  inspector: 'M2 3h12v10H2zM9.5 3v10M11 6h1.5M11 8.5h1.5',
};
const SCREEN = 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3';
const LEAVE = 'M6 3v3H3M13 6h-3V3M10 13v-3h3M3 10h3v3';

/** Folds the panels away and back; each has a key too. */
export function Folds() {
  return (
    <>
      {(['build', 'inspector'] as const).map((panel) => (
        <button
          key={panel}
          type="button"
          class="quiet fold"
          title={words.folds[panel]}
          aria-label={words.folds[panel]}
          aria-pressed={!folded.value[panel]}
          onClick={() => fold(panel)}
        >
          <Sign d={SIGNS[panel]} />
        </button>
      ))}
      <LectureButton />
    </>
  );
}

/** Begins a lecture; in one there is no header, and it stands among the diagram's controls. */
export function LectureButton() {
  const title = lecture.value ? words.leaveLecture : words.lecture;
  return (
    <button type="button" class="quiet" title={title} aria-label={title} onClick={toggleLecture}>
      <Sign d={lecture.value ? LEAVE : SCREEN} />
    </button>
  );
}
