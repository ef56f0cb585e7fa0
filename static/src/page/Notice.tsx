import { notice, noticeWay, pending } from '../state/store';
import { Close } from './Sign';
import { Told } from './Told';
import './notice.css';

/** Why something from elsewhere could not be opened; it stays until it is closed or something else is opened. */
export function Notice() {
  const text = notice.value;
  const close = () => {
    notice.value = null;
    noticeWay.value = null;
    pending.value = null;
  };
  return (
    <div role="alert" class="page-notice">
      {text !== null && (
        <p>
          <span>
            <Told text={text} />{' '}
            {noticeWay.value && (
              <button type="button" class="link" onClick={() => void noticeWay.value?.act()}>
                {noticeWay.value.title}
              </button>
            )}
          </span>
          <Close onClose={close} />
        </p>
      )}
    </div>
  );
}
