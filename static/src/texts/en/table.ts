/** The words of the dialog that shows a table before it is used. */

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const cells = (number: number): string => count(number, 'cell', 'cells');

export const table = {
  title: 'A table as data',
  ask: 'Paste rows here, from a spreadsheet or a CSV file. A file can also be dropped anywhere on the page.',
  text: 'Rows of the table',
  choose: 'Choose a file …',
  reading: 'Reading …',
  failed: 'The table could not be read. Please try again.',
  cancel: 'Cancel',
  found: (rows: number, columns: number) => `${count(rows, 'row', 'rows')}, ${count(columns, 'column', 'columns')}`,
  latin: 'The text is not in UTF-8; it was read as Windows-1252.',

  separator: 'Separator',
  separators: { '\t': 'tab', ';': 'semicolon ;', '|': 'bar |', ',': 'comma ,', ' ': 'blanks' },
  decimal: 'Decimal sign',
  decimals: { '.': 'point 1.5', ',': 'comma 1,5' },
  heading: 'The first row contains the names',
  question: (text: string, row: number, column: number) => `What is “${text}” in row ${row}, column ${column}?`,
  noNumber: 'no number',
  marks: {
    ',': 'commas separate thousands',
    '.': 'points separate thousands',
    ' ': 'blanks separate thousands',
    "'": 'apostrophes separate thousands',
  } as Readonly<Record<string, string>>,
  decimalComma: 'a decimal comma',

  columns: 'Columns',
  column: 'Column',
  content: 'Content',
  role: 'Use as',
  roleOf: (name: string) => `Use column ${name} as`,
  roles: { input: 'input', target: 'target', class: 'class', unused: 'not used' },
  numbers: (least: string, most: string) => `numbers, ${least} to ${most}`,
  texts: (different: number | null) =>
    different === null ? 'many texts' : count(different, 'text', 'different texts'),
  classOf: (name: string, times: number) => `${name} (${times.toLocaleString('en')})`,
  classes: (names: string, more: number) => (more > 0 ? `${names}, and ${more.toLocaleString('en')} more` : names),
  between: ', ',
  semicolon: '; ',
  joint: ' ',
  gaps: (number: number) => `${cells(number)} empty`,
  huge: (number: number, row: number) =>
    `${count(number, 'number', 'numbers')} larger than any that can be stored, the first in row ${row}`,
  dates: 'dates',
  nothing: 'empty',
  others: (number: number) => `Use the other ${number.toLocaleString('en')} columns as`,
  mixed: 'as they are',
  more: 'Show more columns',
  preview: 'The first rows',
  row: 'Row',
  equal: (name: string, columns: readonly number[]) =>
    `Columns ${columns.join(' and ')} have the same heading “${name}”; the later ones get a number.`,

  complete: (number: number) => `Leave out rows with empty cells (${number.toLocaleString('en')})`,
  completeSome: 'Leave out rows with empty cells',
  firstOnly: (most: number) => `Use only the first ${most.toLocaleString('en')} rows`,

  used: (rows: number, inputs: number) =>
    `${count(rows, 'sample', 'samples')} with ${count(inputs, 'input', 'inputs')}`,
  usedTargets: (targets: number) => `and ${count(targets, 'target', 'targets')}.`,
  usedClasses: (classes: number) => `in ${count(classes, 'class', 'classes')}.`,
  fits: 'The network fits as it is; no weight changes.',
  use: 'Use these data',
  fit: 'Use, and fit the network',
  checking: 'Checking whether the network fits …',
  done: (rows: number) => `a table of ${count(rows, 'sample', 'samples')}`,

  faults: {
    noInput: 'No column is an input: choose at least one.',
    noTarget: 'There is nothing to learn: choose a column as target or as class.',
    both: 'There are targets and a class: use one or the other.',
    oneColumn: 'There is only one column, but an input and a target need two. Perhaps the separator is another one.',
    noRows: 'It contains no rows of data.',
    question: 'First choose how that number is read.',
    severalClasses: (columns: readonly number[]) => `Columns ${columns.join(' and ')} are classes; only one can be.`,
    oneClass: (column: number, name: string) => `Column ${column} (${name}) has the same class in every row.`,
    manyClasses: (column: number, name: string) =>
      `Column ${column} (${name}) has too many different texts, or too long ones, for classes.`,
    missing: (column: number, name: string, number: number, row: number) =>
      `Column ${column} (${name}): ${cells(number)} empty, the first in row ${row}. Leave such rows out, or do not use the column.`,
    date: (column: number, name: string, number: number, row: number, text: string) =>
      `Column ${column} (${name}): “${text}” in row ${row} is a date, not a number (${cells(number)}).`,
    text: (column: number, name: string, number: number, row: number, text: string) =>
      `Column ${column} (${name}): “${text}” in row ${row} is not a number (${cells(number)}).`,
    huge: (column: number, name: string, number: number, row: number, text: string) =>
      `Column ${column} (${name}): “${text}” in row ${row} is larger than any number that can be stored (${cells(number)}).`,
    ragged: (row: number, own: number, expected: number) =>
      `Row ${row} has ${cells(own)}, the others have ${expected}.`,
    unclosed: (row: number) => `A quotation that begins in row ${row} never ends.`,
    wide: (columns: number, most: number) =>
      `${columns.toLocaleString('en')} columns have this role; a layer takes ${most.toLocaleString('en')} at most.`,
    long: (rows: number, most: number) =>
      `${rows.toLocaleString('en')} rows; a batch has ${most.toLocaleString('en')} samples at most.`,
    large: (most: number) => `The file is too large; at most ${most} MB are read.`,
  },

  /** The settings of data, and the plane of their points. */
  sets: {
    fields: {
      samples: 'Samples',
      noise: 'Noise',
      seed: 'Seed of the data',
      batch: 'Mini-batch',
      held_out: 'Held out (share)',
      order: 'Order',
      scale: 'Scale the inputs',
      shuffled: 'shuffled',
      given: 'as given',
      none: 'no',
      standard: 'standard',
      minmax: '0 to 1',
    } as Readonly<Record<string, string>>,
    all: 'all rows',
    some: 'rows:',
    rowsOf: (name: string) => `${name}, number of rows`,
    changed: (field: string, value: string) => `${field}: ${value}`,
    draw: 'Draw other points',
    shuffle: 'Shuffle again',
    drawTitle: 'Take the next seed, which draws the points, what is held out and the order of the epochs',
    divided: (training: number, heldOut: number) =>
      `${count(training, 'row is', 'rows are')} trained on, ${heldOut.toLocaleString('en')} held out.`,
    steps: (steps: number) => `An epoch has ${count(steps, 'training step', 'training steps')}.`,
  },
  plane: {
    label: (shown: number, rows: number, batch: number) =>
      `${shown === rows ? count(rows, 'row', 'rows') : `${shown.toLocaleString('en')} of ${rows.toLocaleString('en')} rows`} of the data in the plane${batch ? `, ${batch.toLocaleString('en')} of them in the mini-batch` : ''}`,
    some: (shown: number, rows: number) =>
      `${shown.toLocaleString('en')} of ${rows.toLocaleString('en')} rows are drawn.`,
    signs: (heldOut: boolean, batch: boolean) =>
      [
        ...(heldOut ? ['A ring is held out.'] : []),
        ...(batch ? ['A frame: in the mini-batch of this training step.'] : []),
      ].join(' '),
    point: (
      row: number,
      values: readonly string[],
      target: string | null,
      { heldOut, inBatch }: { heldOut: boolean; inBatch: boolean },
    ) =>
      [
        `Row ${row.toLocaleString('en')}: ${values.map((value, place) => `x${'₁₂'[place]} = ${value}`).join(', ')}`,
        ...(target === null ? [] : [`y = ${target}`]),
        ...(heldOut ? ['held out'] : []),
        ...(inBatch ? ['in the mini-batch'] : []),
      ].join(', '),
  },

  /** Points that are changed by hand. */
  hand: {
    button: 'Change points by hand',
    buttonTitle: 'Add, move and remove points in the plane; the points of a set become rows of your own',
    many: (most: number) =>
      `Only ${most.toLocaleString('en')} of the points are drawn; take fewer samples to change them by hand`,
    label: (rows: number) => `${count(rows, 'point', 'points')} that can be changed by hand`,
    keys: 'Press an empty place to add a point, drag a point to move it. Arrow keys move the cross or the selected point, with Shift farther; Enter adds a point, Page up and Page down select one, Delete removes it, Escape selects none.',
    target: 'Target of the next point',
    targetOf: (row: number) => `Target of row ${row.toLocaleString('en')}`,
    remove: (row: number) => `Remove row ${row.toLocaleString('en')}`,
    next: (place: readonly string[]) => `No point is selected. The cross is at ${place.join(', ')}.`,
    moved: (row: number) => `Point ${row.toLocaleString('en')} moved`,
    added: (row: number) => `Point ${row.toLocaleString('en')} added`,
    removed: (row: number) => `Point ${row.toLocaleString('en')} removed`,
    retargeted: (row: number, value: string) => `Target of point ${row.toLocaleString('en')}: ${value}`,
    became: (set: string) => `Rows of your own are now in place of the set “${set}”.`,
    undo: 'Undo',
  },

  foreign: {
    xlsx: 'an Excel workbook. Save the sheet as CSV there (File, Save as), or copy its cells and paste them here.',
    xls: 'an old Excel workbook. Save the sheet as CSV there, or copy its cells and paste them here.',
    ods: 'a spreadsheet of LibreOffice. Save the sheet as CSV there, or copy its cells and paste them here.',
    npz: 'a file of numpy arrays. {command} writes one of them as a table; weights go into “Set all”.',
    npy: 'a numpy array. {command} writes it as a table; weights go into “Set all”.',
    torch: 'a PyTorch file. Build the layers here, {command} there, and paste each matrix into “Set all”.',
    pickle: 'a Python pickle, which can run programs and is not opened. Print the numbers there and paste them here.',
    keras: 'a Keras model. Build the layers here, {command} there, and paste each matrix into “Set all”.',
    hdf5: 'an HDF5 file, as Keras writes weights (.h5). Build the layers here, {command} there, and paste each matrix into “Set all”.',
    onnx: 'an ONNX network. Build the layers here, print its weights in Python, and paste each matrix into “Set all”.',
    tfjs: 'a TensorFlow.js model without its weights, which are in files beside it. Build the layers here and paste each matrix into “Set all”.',
    kerasJson:
      'the architecture of a Keras model, without weights. Build the layers here and paste each matrix into “Set all”.',
    brain: 'a brain.js network. Build the layers here and paste its weights into “Set all”.',
    image: 'an image. Samples can be images, but only as numbers: a network file with its x as nested lists.',
    pdf: 'a PDF. Copy the table out of it and paste it here.',
    zip: 'an archive. Unpack it first, and drop the file that is in it.',
    gzip: 'a packed file. Unpack it first, and drop what is in it.',
    parquet: 'a Parquet table. {command} writes it as CSV.',
    binary: 'not text, whatever its name. A table is a text file: rows on lines, cells separated by commas.',
  },
  isForeign: (name: string, what: string) => `“${name}” is ${what}`,
};
