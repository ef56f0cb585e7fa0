import { network } from '../state/store';
import { texts } from '../texts';
import { told } from './act';
import { Data } from './data/Data';
import { Layers } from './layers/Layers';
import { Outcome } from './Outcome';
import { outputs } from './outputs';
import { ruleOf, Start } from './Start';
import { Training } from './Training';
import './build.css';

export function Build() {
  const document = network.value;
  return (
    <section class="build" aria-labelledby="build-title">
      <h2 id="build-title" class="visually-hidden">
        {texts.build.title}
      </h2>
      <Outcome />
      {document && (
        <>
          <Data
            x={document.x}
            y={document.y}
            data={document.data}
            outputs={outputs.value}
            classesAllowed={document.loss.type === 'softmax_cross_entropy'}
          />
          <Layers document={document} />
          <Training loss={document.loss} optimizer={document.optimizer} />
          <Start seed={document.seed} mode={document.mode ?? 'train'} rule={ruleOf(document.layers)} />
        </>
      )}
      <p aria-live="polite" class="visually-hidden">
        {told.value}
      </p>
    </section>
  );
}
