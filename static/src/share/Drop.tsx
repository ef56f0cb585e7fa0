import { useEffect, useState } from 'preact/hooks';
import { Unreachable } from '../api/client';
import { report } from '../state/tracing';
import { texts } from '../texts';
import './drop.css';

/** A file that is dropped on the page, and that nothing on it takes for itself, is opened. */
export function Drop() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const taken = (event: DragEvent) => event.defaultPrevented || !event.dataTransfer?.types.includes('Files');
    const onOver = (event: DragEvent) => {
      if (taken(event)) return setOver(false);
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // From part to part of the page one leaves too, but not into nothing.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (taken(event) || !file) return;
      event.preventDefault();
      void opened(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over ? (
    <div class="drop">
      <p>{texts.share.drop}</p>
    </div>
  ) : null;
}

async function opened(file: File): Promise<void> {
  const { openFile } = await import('./opening').catch(() => ({ openFile: null }));
  if (openFile) await openFile(file);
  else report(new Unreachable());
}
