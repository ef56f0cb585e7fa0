type Events = WindowEventMap & DocumentEventMap;
type Handlers = { [Kind in keyof Events]?: (event: Events[Kind]) => void };

/** Listens to several events, until what is returned is called. */
export function listen(target: EventTarget, handlers: Handlers, options: AddEventListenerOptions = {}): () => void {
  const end = new AbortController();
  for (const [kind, handler] of Object.entries(handlers)) {
    target.addEventListener(kind, handler as EventListener, { ...options, signal: end.signal });
  }
  return () => end.abort();
}
