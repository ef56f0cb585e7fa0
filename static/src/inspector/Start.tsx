import { isOfImages } from '../shape';
import { select, step, toEnd } from '../state/moves';
import { openExample } from '../state/network';
import { cursor, examples, trace } from '../state/store';
import { openView } from '../state/view';
import { texts } from '../texts';

const words = texts.inspector.start;

/** An example whose gradient of one weight is 0, and that weight. */
const QUESTION = { slug: 'dead-relu', ref: 'fc_1.w[0,1]' };

/** Before anything is selected: what the page is for, how the picture is read, and three ways to begin. */
export function Start() {
  const lines = trace.value && isOfImages(trace.value) ? words.images : words.lines;
  const asked = examples.value.some(({ slug }) => slug === QUESTION.slug);
  return (
    <div class="start">
      <h3>{words.promise}</h3>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {trace.value && (
        <ul>
          {cursor.value === 0 && <Way title={words.first} go={() => step(1)} />}
          {asked && <Way title={words.question} go={() => void ask()} />}
          <Way title={words.check} go={() => openView('check')} />
        </ul>
      )}
    </div>
  );
}

function Way({ title, go }: { title: string; go: () => void }) {
  return (
    <li>
      <button type="button" class="link" onClick={go}>
        {title}
      </button>
    </li>
  );
}

async function ask(): Promise<void> {
  await openExample(QUESTION.slug);
  toEnd();
  select(QUESTION.ref);
}
