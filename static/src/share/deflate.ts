/** The browser's own compression, and the way back with a limit: a few bytes can ask for gigabytes. */

export class TooLarge extends Error {}

type Bytes = Uint8Array<ArrayBuffer>;

export async function deflated(bytes: Bytes): Promise<Bytes> {
  return gathered(through(bytes, new CompressionStream('deflate-raw')), Number.POSITIVE_INFINITY);
}

/** Throws TooLarge as soon as more than `most` bytes have come out, and whatever the browser throws on damaged ones. */
export async function inflated(bytes: Bytes, most: number): Promise<Bytes> {
  return gathered(through(bytes, new DecompressionStream('deflate-raw')), most);
}

function through(bytes: Bytes, pair: CompressionStream | DecompressionStream): ReadableStream<Bytes> {
  return new Blob([bytes]).stream().pipeThrough(pair as ReadableWritablePair<Bytes, Bytes>);
}

async function gathered(stream: ReadableStream<Bytes>, most: number): Promise<Bytes> {
  const reader = stream.getReader();
  const pieces: Bytes[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > most) {
      await reader.cancel();
      throw new TooLarge();
    }
    pieces.push(next.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
