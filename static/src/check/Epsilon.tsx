/** ε as the maths face sets it; text to a screen reader. */
export function Epsilon() {
  return (
    <math>
      <mi>ε</mi>
    </math>
  );
}
