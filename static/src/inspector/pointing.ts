import { lit } from '../state/store';

/** Handlers that light up the node or edge of a ref while it is pointed at or focused. */
export function pointing(ref: string) {
  const light = (to: string | null) => () => {
    lit.value = to;
  };
  return { onPointerEnter: light(ref), onPointerLeave: light(null), onFocus: light(ref), onBlur: light(null) };
}
