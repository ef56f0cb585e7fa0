import { network } from '../../state/store';
import { texts } from '../../texts';
import { putBatch } from '../act';
import { inputShapes } from '../layers/shapes';
import { resized, sheetOf, withSheet } from './sheet';

/** Targets of another width than the outputs are cut, or filled up with zeros. */
export function FitTargets() {
  const document = network.value;
  if (!document) return null;
  const outputs = inputShapes(document).at(-1);
  const sheet = sheetOf(document);
  if (!sheet || sheet.classes || outputs?.length !== 1 || outputs[0] === sheet.targets) return null;
  const [width = 1] = outputs;
  return (
    <button
      type="button"
      class="link"
      onClick={() =>
        putBatch(withSheet(document, resized(sheet, sheet.inputs, width)), { title: texts.build.done.fitted })
      }
    >
      {texts.build.data.fit}
    </button>
  );
}
