/** The words of the help. */

export const help = {
  title: 'Help',
  close: 'Close',
  keysTitle: 'Keys',
  keys: [
    ['←  →', 'one step back, one step forward'],
    ['Space', 'play, pause'],
    ['Home  End', 'to the start of the training step and from there to training step 1, to its end'],
    ['n  Shift n', 'next training step, the one before'],
    ['r', 'run many training steps; on the curve of their losses ← → and Enter open any of them'],
    ['1  2  3  4', 'step by pass, layer, node, term'],
    ['Ctrl Z', 'undo the last change (Cmd Z on a Mac)'],
    ['Ctrl Shift Z', 'redo it (also Ctrl Y)'],
    ['p', 'pin this moment, show or hide what differs from it'],
    ['c', 'check the number shown numerically'],
    ['↑  ↓', 'in the diagram from part to part, in the check from row to row'],
    ['z', 'zoom to the part that has the focus or is selected, and back; a double click does the same'],
    ['0', 'fit the whole network into view'],
    ['↑  ↓  ←  →', 'in a feature map or a matrix from number to number'],
    ['Enter  Esc', 'select, let go'],
    ['↑  ↓', 'in a number field: change it; Shift fine, Page coarse; dragging sideways does the same'],
    ['Alt ↑  ↓', 'the same in the sheet of samples, where arrow keys go from cell to cell'],
    ['?', 'this help'],
  ] as const,
  readingTitle: 'Reading the diagram',
  reading: [
    'In a circle stands its value, under it the gradient of the loss with respect to it.',
    'A line’s width and colour tell its number; negative numbers are drawn dashed.',
    'Of images each channel is a map: orange is negative, blue positive, and grey tells numbers of one sign by lightness.',
    'Numbers have six digits; rest the pointer on one to see all of it.',
  ],
};
