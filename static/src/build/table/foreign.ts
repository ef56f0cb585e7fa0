/** Detects the format of a file from its first bytes, if it is neither a saved network nor a table of numbers. */

export type Foreign =
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'npz'
  | 'torch'
  | 'keras'
  | 'hdf5'
  | 'onnx'
  | 'npy'
  | 'pickle'
  | 'image'
  | 'pdf'
  | 'zip'
  | 'gzip'
  | 'tfjs'
  | 'kerasJson'
  | 'brain'
  | 'parquet'
  | 'binary';

/** The number of bytes that are read. */
export const HEAD = 64 * 1024;

const starts = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((byte, place) => bytes[place] === byte);
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** `null` for text, which may be a table or a network. */
export function foreign(bytes: Uint8Array): Foreign | null {
  if (starts(bytes, 0x50, 0x4b, 3, 4)) return zipped(latin(bytes));
  if (starts(bytes, 0x89, 0x48, 0x44, 0x46)) return 'hdf5';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'xls';
  if (starts(bytes, 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return 'npy';
  if (starts(bytes, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (starts(bytes, 0x1f, 0x8b)) return 'gzip';
  if (isImage(bytes)) return 'image';
  // A protocol buffer whose first field is the version and whose second is the producer's name, as in ONNX.
  if (bytes[0] === 8 && bytes[1] !== undefined && bytes[1] < 32 && bytes[2] === 0x12) return 'onnx';
  if (bytes[0] === 0x80 && bytes[1] !== undefined && bytes[1] >= 2 && bytes[1] <= 5) return 'pickle';
  if (bytes.includes(0) && !isWide(bytes)) return 'binary';
  return jsonOf(latin(bytes));
}

/** UTF-16 text, as some spreadsheets save it. */
export const isWide = (bytes: Uint8Array): boolean => starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff);

function zipped(head: string): Foreign {
  if (/xl\/|\[Content_Types\]\.xml/.test(head)) return 'xlsx';
  if (head.includes('opendocument.spreadsheet')) return 'ods';
  if (/\/data\.pkl|\/data\/0|archive\/version|byteorder/.test(head)) return 'torch';
  if (/model\.weights\.h5|metadata\.json/.test(head)) return 'keras';
  return /\.npy/.test(head) ? 'npz' : 'zip';
}

function isImage(bytes: Uint8Array): boolean {
  const riff = starts(bytes, 0x52, 0x49, 0x46, 0x46) && latin(bytes.slice(8, 12)) === 'WEBP';
  return (
    riff ||
    starts(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    starts(bytes, 0xff, 0xd8, 0xff) ||
    starts(bytes, 0x47, 0x49, 0x46, 0x38) ||
    starts(bytes, 0x49, 0x49, 0x2a, 0) ||
    (starts(bytes, 0x42, 0x4d) && bytes.includes(0)) ||
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<svg\b/.test(latin(bytes.slice(0, 400)))
  );
}

/** Networks that other programs save as JSON. */
function jsonOf(head: string): Foreign | null {
  if (!/^\s*\{/.test(head) || head.includes('tinyml-network')) return null;
  if (/"(?:modelTopology|weightsManifest)"/.test(head)) return 'tfjs';
  if (/"class_name"\s*:\s*"(?:Sequential|Functional|Model)"/.test(head)) return 'kerasJson';
  if (
    /"(?:trainOpts|outputLookup|inputLookup|outputLookupLength)"/.test(head) ||
    /"sizes"\s*:\s*\[[^\]]*\]\s*,\s*"layers"/.test(head)
  ) {
    return 'brain';
  }
  return null;
}
