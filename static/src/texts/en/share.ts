/** The words of links and files. */

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MB`;
const thousands = (count: number): string => count.toLocaleString('en');

export const share = {
  open: 'Share',
  openTitle: 'A link to exactly what you see, files, and networks stored on this server',
  title: 'Share',
  link: {
    title: 'Link',
    says: 'Holds all that you see: the network to its last digit, the step, the selection. The server never sees it.',
    way: (first: number) => `With the way from training step ${thousands(first)}`,
    wayTitle:
      'The link also holds where the training steps began, so that one can go back to them; they are computed again',
    noWay: (step: number) => `It opens at training step ${thousands(step)}, and one cannot go back from there.`,
    hasWay: (step: number, first: number) =>
      `It opens at training step ${thousands(step)}, and one can go back to training step ${thousands(first)}.`,
    copy: 'Copy link',
    copied: 'Link copied.',
    failed: 'The link could not be copied. It stands in the address bar.',
    state: 'State',
    stateTitle: 'Two links with the same state hash show the very same numbers',
    tooLong: (length: number, most: number) =>
      `This network is too large for a link, which would have ${thousands(length)} characters; ${thousands(most)} are the most. Save it as a file, or store it on this server.`,
    tooMany: (numbers: number, most: number) =>
      `This network is too large for a link: it has ${thousands(numbers)} numbers, and ${thousands(most)} are the most. Save it as a file, or store it on this server.`,
  },
  file: {
    title: 'File',
    says: 'The network document, to keep, to post to the service, and to open again: also by dropping it on the page.',
    save: 'Save as a file',
    saved: (name: string) => `Saved as ${name}.`,
    open: 'Open a file',
  },
  picture: {
    title: 'Picture',
    says: 'What the diagram shows now, cut to what is in it, with its typefaces; its title and description say the numbers.',
    save: (kind: string) => `Save as ${kind}`,
    titles: {
      svg: 'Lines and letters, sharp at every size: for papers, slides and drawing programs',
      png: 'Pixels, three for each on the screen: for wherever an SVG cannot go',
    },
    print: 'Print …',
    printTitle: 'The same as printing with the browser',
    printSays: 'On paper: picture, sentence, formulas and numbers, without controls.',
    drawing: 'Drawing …',
    failed: 'The picture could not be made.',
    elsewhere: 'A picture is what the diagram shows, and it is not in sight now.',
    show: 'Show the diagram',
    unnamed: 'Network',
    titleOf: (name: string, step: number, sample: number, samples: number) =>
      `${name}, training step ${thousands(step)}${samples > 1 ? `, sample ${thousands(sample)} of ${thousands(samples)}` : ''}`,
    more: (count: number) => `and ${thousands(count)} more`,
  },
  stored: {
    title: 'On this server',
    says: 'The server keeps the network under an address that nobody can guess. Whoever has the link can open it.',
    store: 'Store it and copy its link',
    storing: 'Storing …',
    copied: 'Stored; link copied.',
    stored: 'Stored. This is its link:',
    failed: (why: string) => `It could not be stored: ${why}`,
  },
  drop: 'Drop the file: a network is opened, a table shown before it is used',
  opened: {
    link: (name: string) => (name ? `“${name}” opened from a link` : 'a network opened from a link'),
    file: (file: string) => `file “${file}” opened`,
    stored: (name: string) => (name ? `“${name}” opened from this server` : 'a network opened from this server'),
  },
  notice: {
    link: (why: string) => `The link could not be opened. ${why}`,
    file: (name: string, why: string) => `“${name}” could not be opened. ${why}`,
    stored: (why: string) => `The stored network could not be opened. ${why}`,
    keeping: (told: string) => `${told} What you had is still there.`,
    unkept:
      'This network is too large for the address of the page, and the browser lets the page keep nothing: a reload loses it.',
    lost: 'The network that was open here is too large for the address of the page, and the browser has not kept it.',
    waiting: 'It will be opened when the server answers.',
    close: 'Close this message',
  },
  faults: {
    longLink: (length: number, most: number) =>
      `It has ${thousands(length)} characters, and at most ${thousands(most)} are opened. Ask for the network as a file.`,
    otherVersion: (known: string) =>
      `It was made by another version of this page, which reads version ${known}. Reload the page, or ask for the network as a file.`,
    cut: 'A part of it is missing. Copy the whole link and try again.',
    damaged: 'It is damaged: what it holds does not agree with its state hash. Copy the whole link and try again.',
    bomb: (most: number) =>
      `What it holds unpacks to more than ${megabytes(most)}, and no network is that large. Nothing of it was used.`,
    tooLarge: (bytes: number, most: number) =>
      `It has ${thousands(bytes)} bytes, and a network document has at most ${thousands(most)}.`,
    unreadableFile: 'It could not be read. Folders cannot be opened, only files.',
    noText: 'It is no text in UTF-8. Network documents are JSON files.',
    empty: 'It is empty.',
    noJson: 'It is no JSON: perhaps a part of it is missing. Network documents are JSON files.',
    nan: 'It is no JSON: JSON has no NaN and no Infinity. Write numbers in their place.',
    infinite: 'A number in it is too large for a float64. Numbers go up to about 1.8e308.',
    tooDeep: (most: number) => `Lists stand in lists more than ${most} deep, and no network document has that.`,
    forbidden: (key: string) => `It has the key “${key}”, which no network document has. Nothing of it was used.`,
    noDocument: 'It is JSON, but no network document: that has layers, x and y.',
    otherFormat: (format: string, known: string) => `Its format is “${format}”, and this page opens ${known}.`,
    unknownStored: 'This server has no network under that address; perhaps it was deleted.',
  },
};
