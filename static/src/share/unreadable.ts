/** A link or a file that cannot be opened; the message says why, in the page's words. */
export class Unreadable extends Error {}
