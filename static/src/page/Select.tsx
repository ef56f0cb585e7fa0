import { useRef } from 'preact/hooks';
import { foreign } from '../service-words';

interface Props {
  value: string;
  options: readonly { value: string; title: string; disabled?: boolean }[];
  onChoose: (value: string) => void;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string | undefined;
}

/** A menu that gives the keys back to the page once something was chosen with the pointer. */
export function Select({ options, onChoose, ...rest }: Props) {
  const byPointer = useRef(false);
  return (
    <select
      {...rest}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onChange={(event) => {
        onChoose(event.currentTarget.value);
        if (byPointer.current) event.currentTarget.blur();
      }}
    >
      {options.map(({ value, title, disabled }) => (
        <option key={value} value={value} disabled={disabled} lang={foreign(title)}>
          {title}
        </option>
      ))}
    </select>
  );
}
