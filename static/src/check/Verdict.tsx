import { texts } from '../texts';
import './verdict.css';

/** ✓ or ✗, told apart by shape and by word; that something agrees is written out where it is `told`. */
export function Verdict({ ok, told = false }: { ok: boolean; told?: boolean }) {
  return (
    <span class={ok ? 'verdict' : 'verdict wrong'}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={ok ? 'M3 8.5l3.5 3.5L13 4.5' : 'M4 4l8 8M12 4l-8 8'} />
      </svg>
      <span class={ok && !told ? 'visually-hidden' : 'word'}>{ok ? texts.check.agrees : texts.check.differs}</span>
    </span>
  );
}
