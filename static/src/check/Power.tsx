/** A power of ten, as axes and scales name them: 10⁻⁴, and 1. */
export function Power({ of }: { of: number }) {
  if (of === 0) return <>1</>;
  return (
    <>
      10<sup>{String(of).replace('-', '−')}</sup>
    </>
  );
}
