/** Every limit of links and files, by name. */

/** Characters of a link: what messengers and mail programs still pass on, and a browser takes without complaint. */
export const MAX_LINK = 32_000;
/** Numbers of a document that is tried for a link at all: beyond, it would not fit, and packing it would be felt. */
export const MAX_LINK_NUMBERS = 20_000;
/** Training steps from the start that a link holds to the one that it opens: they are computed when one goes back. */
export const MAX_WAY = 100_000;
/** Bytes that a link unpacks to; one with as many numbers as are tried for a link has far fewer. */
export const MAX_UNPACKED = 12 * 1024 * 1024;
/** Bytes of a document as JSON in a file: what the service takes. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** Lists within lists of a document; those of images are six deep. */
export const MAX_DEPTH = 24;
