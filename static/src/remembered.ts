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
