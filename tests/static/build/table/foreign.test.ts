import { expect, test } from 'vitest';
import { type Foreign, foreign } from '@/build/table/foreign';

const text = (of: string) => new TextEncoder().encode(of);
const after = (signature: readonly number[], rest = '') => new Uint8Array([...signature, ...text(rest)]);
const ZIP = [0x50, 0x4b, 3, 4];

const FILES: [Foreign, Uint8Array][] = [
  ['xlsx', after(ZIP, '\0\0[Content_Types].xml…xl/workbook.xml')],
  ['ods', after(ZIP, '\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
  ['torch', after(ZIP, '\0\0model/data.pkl')],
  ['keras', after(ZIP, '\0\0metadata.json')],
  ['npz', after(ZIP, '\0\0x.npy')],
  ['zip', after(ZIP, '\0\0letters.txt')],
  ['hdf5', after([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a])],
  ['onnx', after([8, 7, 0x12, 7], 'pytorch')],
  ['npy', after([0x93], 'NUMPY\x01\0')],
  ['pickle', after([0x80, 2], 'ctorch._utils')],
  ['xls', after([0xd0, 0xcf, 0x11, 0xe0])],
  ['image', after([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
  ['image', after([0xff, 0xd8, 0xff, 0xe0])],
  ['image', text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>')],
  ['pdf', text('%PDF-1.7\n')],
  ['gzip', after([0x1f, 0x8b, 8])],
  ['tfjs', text('{"format": "layers-model", "modelTopology": {}, "weightsManifest": []}')],
  ['kerasJson', text('{"class_name": "Sequential", "config": {"layers": []}}')],
  ['brain', text('{"sizes": [2, 3, 1], "layers": [], "trainOpts": {}}')],
  ['binary', after([1, 2, 0, 4], 'table')],
];

test.each(FILES)('%s is recognized by its content', (kind, bytes) => {
  expect(foreign(bytes)).toBe(kind);
});

test.each([
  'a,b,y\n1,2,3',
  '{"format": "tinyml-network/1", "layers": []}',
  '{"layers": [], "x": [[1]], "y": [[2]]}',
  '',
  '﻿a;b\n1;2',
])('%j is not a file of another program', (content) => {
  expect(foreign(text(content))).toBe(null);
});
