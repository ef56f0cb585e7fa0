import { asTable } from '../state/store';
import { texts } from '../texts';
import { placed } from './view';

/** What stands at a unit, in its own signs: z, what it becomes, and the two gradients. */
export function Anatomy() {
  const { nodes, activated } = placed.value;
  if (nodes.length === 0 || asTable.value) return null;
  return (
    <span class="anatomy" title={texts.diagram.anatomyTitle}>
      {activated ? (
        <>
          <i>𝑧 → ℎ</i>
          <i>∇ = ∂ℓ/∂𝑧</i>
          <i>∂ℓ = ∂ℓ/∂ℎ</i>
        </>
      ) : (
        <span>
          <i>∂ℓ</i> {texts.diagram.anatomyPlain}
        </span>
      )}
    </span>
  );
}
