import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts';

const words = texts.help;

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!open) return dialog.current?.close();
    dialog.current?.showModal();
    // Its button has the focus and stands at the end; one reads from the beginning.
    if (dialog.current) dialog.current.scrollTop = 0;
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{words.title}</h2>
      <h3>{words.keysTitle}</h3>
      <dl>
        {words.keys.map(([key, does]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h3>{words.readingTitle}</h3>
      {words.reading.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <button type="button" class="primary" onClick={onClose}>
        {words.close}
      </button>
    </dialog>
  );
}
