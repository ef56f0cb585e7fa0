interface Props<Option extends string> {
  /** Of the group of buttons: one for each choice on the page. */
  name: string;
  words: { legend: string; names: Record<Option, string>; titles: Record<Option, string> };
  options: readonly Option[];
  chosen: Option;
  onChoose: (option: Option) => void;
}

/** One of a few, all in sight. */
export function Choice<Option extends string>({ name, words, options, chosen, onChoose }: Props<Option>) {
  return (
    <fieldset class="choice">
      <legend>{words.legend}</legend>
      {options.map((one) => (
        <label key={one} title={words.titles[one]}>
          <input type="radio" name={name} value={one} checked={chosen === one} onChange={() => onChoose(one)} />
          <span>{words.names[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
