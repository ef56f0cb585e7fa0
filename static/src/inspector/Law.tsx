/** The rule that a number follows, as the service words it; its Unicode indices are set as real ones. */
export function Law({ of }: { of: string }) {
  return (
    <p class="law">
      {of.split(/([ᵀₖ])/).map((part) => {
        if (part === 'ᵀ') return <sup>T</sup>;
        return part === 'ₖ' ? <sub>k</sub> : part;
      })}
    </p>
  );
}
