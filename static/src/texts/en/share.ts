/** The words of links and files. */

export const share = {
  open: 'Share',
  openTitle: 'A link to exactly what you see, files, and networks stored on this server',
  title: 'Share',
  file: {
    title: 'File',
    says: 'The network document, to keep, to post to the service, and to open again: with “Open …” beside the examples, or by dropping it on the page.',
    save: 'Save as a file',
    saved: (name: string) => `Saved as ${name}.`,
  },
  openFile: 'Open …',
  openFileTitle: 'Open a network or a table from a file; it can be dropped on the page, too',
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
    keeping: (message: string) => `${message} Your network is still open.`,
    unkept:
      'This network is too large for the address of the page, and the browser does not let the page store it: a reload loses it.',
    lost: 'The network that was open here is too large for the address of the page, and the browser has not kept it.',
    waiting: 'It will be opened when the server answers.',
    close: 'Close this message',
  },
};
