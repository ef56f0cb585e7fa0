/** The words of the share menu, which are loaded with it. */

const thousands = (count: number): string => count.toLocaleString('en');

export const ways = {
  link: {
    title: 'Link',
    says: 'Contains everything that you see: the network in full precision, the step and the selection. The server never sees it.',
    way: (first: number) => `Include the training from step ${thousands(first)} on`,
    wayTitle: 'The link also contains the start of the training, from which the steps before are computed again',
    noWay: (step: number) => `It opens at training step ${thousands(step)}, without the steps before it.`,
    hasWay: (step: number, first: number) =>
      `It opens at training step ${thousands(step)} and includes the steps from training step ${thousands(first)} on.`,
    copy: 'Copy link',
    copied: 'Link copied.',
    failed: 'The link could not be copied. It is in the address bar.',
    ending: (hash: string) => `It ends in ${hash}. Links with the same ending show the same numbers.`,
    tooLong: (length: number, most: number) =>
      `This network is too large for a link, which would have ${thousands(length)} characters; the limit is ${thousands(most)}. Save it as a file, or store it on this server.`,
    tooMany: (numbers: number, most: number) =>
      `This network is too large for a link: it has ${thousands(numbers)} numbers, and the limit is ${thousands(most)}. Save it as a file, or store it on this server.`,
  },
  picture: {
    title: 'Picture',
    says: 'The diagram as it is shown, cropped to its contents, with its fonts; its title and description contain the numbers in words.',
    save: (kind: string) => `Save as ${kind}`,
    titles: {
      svg: 'Vector graphics, sharp at every size: for papers, slides and drawing programs',
      png: 'Pixels at three times the screen’s resolution, where SVG is not supported',
    },
    print: 'Print …',
    printTitle: 'The same as printing with the browser',
    printSays: 'On paper: picture, sentence, formulas and numbers, without controls.',
    printed: (shown: number, all: number) => `${thousands(shown)} of ${thousands(all)} are printed.`,
    drawing: 'Drawing …',
    failed: 'The picture could not be made.',
    elsewhere: 'A picture shows the diagram, which is not open now.',
    show: 'Show the diagram',
    unnamed: 'Network',
    titleOf: (name: string, step: number, sample: number, samples: number) =>
      `${name}, training step ${thousands(step)}${samples > 1 ? `, sample ${thousands(sample)} of ${thousands(samples)}` : ''}`,
    more: (count: number) => `and ${thousands(count)} more`,
  },
  stored: {
    title: 'On this server',
    says: 'The server keeps the network under an address that cannot be guessed. Anyone who has the link can open it.',
    store: 'Store it and copy its link',
    storing: 'Storing …',
    copied: 'Stored; link copied.',
    stored: 'Stored. This is its link:',
    kept: (days: number) => `It is deleted after ${days === 1 ? 'a day' : `${thousands(days)} days`} without use.`,
    failed: (why: string) => `It could not be stored: ${why}`,
    here: 'Stored from this browser',
    hereSays: 'Only this browser knows the keys with which these networks can be deleted.',
    remove: 'Delete',
    removeTitle: (name: string) => `Delete “${name}” from this server`,
    sure: 'Delete it for good? Its link will open nothing.',
    keep: 'Keep it',
    deleted: (name: string) => `“${name}” was deleted from this server.`,
    notDeleted: (why: string) => `It could not be deleted: ${why}`,
  },
};
