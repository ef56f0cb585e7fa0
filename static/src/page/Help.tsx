import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts';
import { later } from '../ui/Later';

const words = texts.help;
const Contents = later(() => import('./HelpContents').then(({ HelpContents }) => HelpContents));

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!open) return dialog.current?.close();
    dialog.current?.showModal();
    // The focused button is at the end, but reading starts at the beginning.
    if (dialog.current) dialog.current.scrollTop = 0;
  }, [open]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{words.title}</h2>
      {open && <Contents />}
      <button type="button" class="primary" onClick={onClose}>
        {words.close}
      </button>
    </dialog>
  );
}
