/** General browser functions: events, and the clipboard. */

type Events = WindowEventMap & DocumentEventMap;
type Handlers = { [Kind in keyof Events]?: (event: Events[Kind]) => void };

/** Listens to several events until the returned function is called. */
export function listen(target: EventTarget, handlers: Handlers, options: AddEventListenerOptions = {}): () => void {
  const end = new AbortController();
  for (const [kind, handler] of Object.entries(handlers)) {
    target.addEventListener(kind, handler as EventListener, { ...options, signal: end.signal });
  }
  return () => end.abort();
}

/**
 * Copies a text, and returns whether that succeeded. Pages from an insecure connection have no clipboard API; there a
 * selection is copied with the older command.
 */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'visually-hidden';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
