import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** A component that is drawn again only when one of its properties is another one. */
export function memo<Props extends object>(inner: (props: Props) => ComponentChild): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const before = this.props as Props;
      const keys = Object.keys(next) as (keyof Props)[];
      return keys.length !== Object.keys(before).length || keys.some((key) => !Object.is(next[key], before[key]));
    }

    override render(props: Props): ComponentChild {
      return h(inner as FunctionComponent<Props>, props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}

/** What a text stands for, worked out once: every step asks for hundreds of them, over and over. */
export function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      found = make(text);
      known.set(text, found);
    }
    return found;
  };
}

const MOST_KNOWN = 20_000;
