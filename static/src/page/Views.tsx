import { VIEWS, view } from '../state/view';
import { texts } from '../texts';

/** The views as links: the address says which one is open. */
export function Views() {
  return (
    <nav class="views" aria-label={texts.views.label}>
      {VIEWS.map((one) => (
        <a
          key={one}
          href={`#${one}`}
          title={texts.views.hints[one]}
          aria-current={view.value === one ? 'page' : undefined}
        >
          {texts.views.titles[one]}
        </a>
      ))}
    </nav>
  );
}
