import { Component, type ComponentChild, type FunctionComponent, h } from 'preact';

/** A component that is rendered again only when one of its properties changes. */
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
