import { examples } from './store';

/** The name of a network; that of an example is in the page's language. */
export function titleOfNetwork(name: string): string {
  return examples.value.find((example) => example.name === name)?.title ?? name;
}
