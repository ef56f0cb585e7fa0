/** This page's own address, with another part behind its #. */
export const addressWith = (fragment: string): string => `${location.href.split('#')[0]}#${fragment}`;
