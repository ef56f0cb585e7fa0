import { useEffect } from 'preact/hooks';
import { checked, keepChecked } from '../state/check';
import { texts } from '../texts';
import { Curve } from './Curve';
import { EpsilonField } from './EpsilonField';
import { ErrorMap } from './ErrorMap';
import { Filters } from './Filters';
import { Share } from './Share';
import { Summary } from './Summary';
import { Table } from './Table';
import { Troubles } from './Troubles';
import './check.css';
import './table.css';
import './figures.css';
import './map.css';
import './curve.css';

/** Every derivative of the training step a second time, by moving one number at a time: the page's proof that it is right. */
export function Check() {
  useEffect(keepChecked, []);
  return (
    <section class="check" aria-labelledby="check-title">
      <h2 id="check-title" class="visually-hidden">
        {texts.check.title}
      </h2>
      <div class="check-head">
        <div class="verdict-of-all">
          <Summary />
          <Share />
          <Troubles />
        </div>
        <EpsilonField />
      </div>
      {checked.value && (
        <>
          <div class="figures">
            <ErrorMap />
            <Curve />
          </div>
          <Filters />
          <Table />
        </>
      )}
    </section>
  );
}
