/** Why a link or a file cannot be opened. These words are loaded with what opens them. */

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1).replace('.0', '')} MB`;
const thousands = (count: number): string => count.toLocaleString('en');

export const faults = {
  longLink: (length: number, most: number) =>
    `It has ${thousands(length)} characters, and at most ${thousands(most)} are opened. Please get the network as a file.`,
  otherVersion: (known: string) =>
    `It was made by another version of this page, which reads version ${known}. Reload the page, or get the network as a file.`,
  cut: 'A part of it is missing. Copy the whole link and try again.',
  damaged: 'It is damaged: its content does not match its state hash. Copy the whole link and try again.',
  bomb: (most: number) =>
    `Its content unpacks to more than ${megabytes(most)}, and no network is that large. It was not used.`,
  tooLarge: (bytes: number, most: number) =>
    `It has ${thousands(bytes)} bytes, and a network document has at most ${thousands(most)}.`,
  longList: (most: number) =>
    `It has more than ${thousands(most)} numbers, and no link has that. Please get the network as a file.`,
  tooManyNumbers: (most: number) =>
    `It has more than ${thousands(most)} numbers, which is more than the service takes. Leave out samples, or make the network smaller.`,
  tooManyLists: (most: number) =>
    `It has more than ${thousands(most)} lists, which is more than the service takes. Leave out samples, or make the network smaller.`,
  unreadableFile: 'It could not be read. Folders cannot be opened, only files.',
  noText: 'It is not UTF-8 text. Network documents are JSON files.',
  empty: 'It is empty.',
  noJson: 'It is not valid JSON: perhaps a part of it is missing. Network documents are JSON files.',
  nan: 'It is not valid JSON: JSON has no NaN and no Infinity. Write numbers in their place.',
  infinite: 'A number in it is too large for a float64. Numbers go up to about 1.8e308.',
  tooDeep: (most: number) => `Lists are nested more than ${most} deep, and no network document has that.`,
  forbidden: (key: string) => `It has the key “${key}”, which no network document has. It was not used.`,
  noDocument: 'It is JSON, but not a network document: that has layers, x and y.',
  otherFormat: (format: string, known: string) => `Its format is “${format}”, and this page opens ${known}.`,
  unknownStored: 'This server has no network under that address; perhaps it was deleted.',
};
