/** The words of the Build panel. */

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const shape = (sizes: readonly number[]): string => sizes.join(' × ') || 'a single number';

export const build = {
  title: 'Build',
  layerShape: (inputs: string, outputs: string) => `${inputs} → ${outputs}`,
  tooDeep: (sizes: string) => `${sizes} numbers: too many axes to type in here. Set them all at once instead.`,
  fieldTitle: (name: string, value: string) =>
    `${name} = ${value}\nDrag sideways or press ↑ ↓ to change it; Shift for fine, Alt for coarse steps.`,
  cellTitle: (name: string, value: string) =>
    `${name} = ${value}\nDrag sideways or press Alt with ↑ ↓ to change it; Shift for fine steps.`,
  none: 'none',

  between: ', ',
  layers: {
    title: 'Layers',
    list: 'Layers, from the inputs to the outputs',
    fresh: 'new',
    unknownShape: '?',
    open: (title: string, name: string) => `${title} ${name}: settings and numbers`,
    grip: (title: string, name: string, place: number, all: number) =>
      `Move ${title} ${name}, layer ${place} of ${all}: drag, or press ↑ ↓`,
    menu: (title: string, name: string) => `Actions for ${title} ${name}`,
    kind: 'Kind',
    earlier: 'Move up',
    later: 'Move down',
    copy: 'Duplicate',
    setAll: (part: string) => `Set all of ${part.replaceAll('_', ' ')} …`,
    remove: 'Remove',
    removeThis: 'Remove this layer',
    below: 'Add below',
    add: 'Add a layer',
    choose: 'Choose …',
    drawn: 'These numbers will be drawn from the seed once the layer fits.',
    weights: (layer: string) => `Weights of ${layer}, one row for each input, one column for each output`,
    biases: (layer: string) => `Biases of ${layer}`,
    filters: (layer: string) => `Filters of ${layer}`,
    parameter: (part: string, layer: string) => `${part} of ${layer}`,
    parts: { w: 'weights', b: 'biases', gamma: 'gamma', beta: 'beta' } as Readonly<Record<string, string>>,
    freeze: (part: string) => `Freeze the ${part}`,
    freezeTitle: (part: string, frozen: boolean) =>
      frozen
        ? `The ${part} are frozen: gradients are computed, and updates leave them as they are. Press to unfreeze them.`
        : `Freeze the ${part}: gradients are computed, and updates leave them as they are`,
  },

  fields: {
    output_dim: 'Width',
    gradient: 'Gradient of the outputs',
    n_filter: 'Filters',
    n_filters: 'Filters',
    h_filter: 'Filter height',
    w_filter: 'Filter width',
    stride: 'Stride',
    padding: 'Padding',
    dilation: 'Dilation',
    size: 'Window',
    probability: 'Drop probability',
    slope: 'Slope below 0',
    shared: 'One slope for all',
    alpha: 'Alpha',
    approximate: 'Approximation',
    axis: 'Axis',
    momentum: 'Momentum',
    epsilon: 'Epsilon',
    seed: 'Seed of the mask',
    delta: 'Delta',
    lr: 'Learning rate',
    momentum_form: 'Momentum form',
    velocity: 'velocity',
    previous_change: 'previous change',
    clip: 'Clipping',
    norm: 'Norm',
    value: 'Value',
    nesterov: 'Nesterov',
    bias_correction: 'Bias correction',
    lr_decay: 'Rate decay',
    initial_sum: 'First sum',
    weight_decay: 'Weight decay',
    decay: 'Decay',
    betas: 'Betas',
    bias: 'Bias',
    frozen: 'Frozen',
  } as Readonly<Record<string, string>>,
  field: (name: string): string => name.replaceAll('_', ' '),
  each: (name: string, place: number) => `${name} ${place}`,
  ofLayer: (field: string, layer: string) => `${field} of ${layer}`,

  data: {
    title: 'Data',
    sheet: 'The batch: a row for each sample, its inputs, then its targets',
    sample: (place: number) => `Draw sample ${place}`,
    sampleHead: 'Sample',
    sampleChoice: 'Sample drawn',
    classHead: 'class',
    classOf: (row: number) => `class of sample ${row}`,
    addRow: '+ sample',
    addRowTitle: 'A new sample beneath the one that is drawn, with its numbers',
    removeRow: '− sample',
    removeRowTitle: 'Remove the sample that is drawn',
    inputs: 'Inputs',
    more: 'Add an input',
    fewer: 'Remove an input',
    targets: 'Targets',
    asClasses: 'classes',
    asRows: 'numbers',
    asClassesTitle: 'Each sample’s target is its class, counted from 0, or a number for each output',
    hint: 'Arrow keys go from cell to cell. Paste rows from a spreadsheet into any cell.',
    size: (rows: number, most: number) => `${count(rows, 'sample', 'samples')} of at most ${most.toLocaleString('en')}`,
    notInBatch: 'This row is not in the mini-batch of this training step',
    set: (title: string, samples: number) => `${title}: ${count(samples, 'row', 'rows')}, drawn by the service.`,
    miniBatch: (at: number, of: number, epoch: number, rows: readonly number[]) =>
      `Mini-batch ${at.toLocaleString('en')} of ${of.toLocaleString('en')}, epoch ${epoch.toLocaleString('en')}: ${rows.length === 1 ? 'row' : 'rows'} ${rows.slice(0, 12).join(', ')}${rows.length > 12 ? ', …' : ''}.`,
    /** By the number of axes: two of a sequence, three of an image. */
    images: (sizes: string, axes: number) =>
      `Each sample is ${axes === 2 ? 'a sequence' : 'an image'} of ${sizes} numbers; the diagram shows it.`,

    table: {
      button: 'Table …',
      buttonTitle: 'Data from a table: paste it, choose a CSV file, or drop one anywhere on the page',
      scale: 'Scale the inputs',
      scales: { none: 'no', standard: 'standard', minmax: '0 to 1' },
      scaleTitle:
        'Standard: each input column to mean 0 and standard deviation 1. 0 to 1: from its least to its largest number. The targets stay as they are.',
      rescaled: (scale: string) => `inputs scaled: ${scale}`,
      counted: (classes: string) => `Classes: ${classes}`,
    },
    misfits: {
      empty: 'It contains no numbers.',
      number: (row: number, column: number, text: string) =>
        `Row ${row}, column ${column}: “${text.slice(0, 24)}” is not a number. Nothing was changed.`,
      long: (rows: number, most: number) =>
        `${rows.toLocaleString('en')} samples, but a batch has at most ${most.toLocaleString('en')}.`,
      fewer: (most: number) => `Take the first ${most.toLocaleString('en')} rows`,
      class: (row: number, text: string) =>
        `Row ${row}: “${text.slice(0, 24)}” is not a class; classes are whole numbers from 0.`,
    },
  },

  training: {
    title: 'Training',
    rateTitle: 'How far each update moves against the gradient',
    loss: 'Loss',
    lossTitle:
      'The quantity that is differentiated: the distance of the outputs from the targets, or the outputs themselves',
    optimizer: 'Optimizer',
    optimizerTitle: 'How gradients change the weights',
    more: 'More settings',
  },

  start: {
    title: 'Start',
    seed: 'Seed',
    seedTitle: 'Weights, biases and masks are drawn from this number. Another seed draws all of them again.',
    rule: 'Weights',
    ruleTitle: 'The rule by which weights are drawn; choosing one draws all of them again',
    rules: {
      library_uniform: 'uniform, by inputs',
      xavier_uniform: 'Xavier, uniform',
      xavier_normal: 'Xavier, normal',
      he_uniform: 'He, uniform',
      he_normal: 'He, normal',
    } as Readonly<Record<string, string>>,
    various: 'various',
    mode: 'Mode',
    modeTitle: 'In evaluation mode dropout is off and normalizations use their running statistics',
    modes: { train: 'training', predict: 'evaluation' },
  },

  setAll: {
    open: 'Set all …',
    openTitle: (name: string) => `${name}: paste all numbers at once`,
    title: 'Set all numbers',
    of: (name: string, sizes: readonly number[]) => `${name}: ${shape(sizes)}`,
    hint: 'Paste or type them: rows on lines, [[1, 2], [3, 4]], what numpy, PyTorch, R, Julia, MATLAB or LaTeX write, cells of a spreadsheet; 1/3 and 0,5 are understood.',
    label: 'Numbers',
    readings: {
      empty: 'Nothing yet.',
      fits: (sizes: readonly number[]) => `${shape(sizes)}: fits.`,
      turned: (from: readonly number[], to: readonly number[]) =>
        `${shape(from)}, but ${shape(to)} are needed. With rows and columns exchanged they fit.`,
      other: (from: readonly number[], to: readonly number[]) => `${shape(from)}, but ${shape(to)} are needed.`,
      ragged: 'The rows have different lengths.',
      number: (text: string) => `“${text.slice(0, 24)}” is not a number. Write it like 0.5, 0,5 or 1/3.`,
    },
    use: 'Use them',
    which: 'It fits in both orientations: each row belongs to one',
    ways: { here: 'input, as here', turned: 'output, as PyTorch prints weights' },
    turn: 'Exchange, and use them',
    cancel: 'Cancel',
    now: 'The new numbers',
  },

  drawing: {
    button: 'Draw new weights',
    title:
      'Draw all weights and biases from the seed, or from the next seed if they already come from this one; training starts at step 1',
    titleOf:
      'Draw the weights and biases of this layer from the seed, or from the next seed if they already come from this one',
    question: (seed: number) =>
      `These weights were typed, imported or changed since; seed ${seed} does not give them. Replace them with new ones?`,
    questionOf: (name: string) =>
      `The weights of ${name} were typed, imported or changed since; the seed does not give them. Replace them with new ones?`,
    yes: 'Draw them',
    keep: 'Keep these',
  },

  /** The changes that make an edit fit. */
  fitted: {
    inputs: 'The network now takes {shape} {shape?input|inputs}.',
    samples: 'There are now as many targets as samples: {samples}.',
    flatten_added: '{layer} was added: the next layer takes rows of numbers.',
    flatten_moved: '{layer} now comes later, as images or sequences are needed before it.',
    setting: '{layer}: {field} is now {after} instead of {before}, so that its windows fit.',
    width: '{layer} now has {outputs} {outputs?output|outputs}.',
    layer_added: '{layer} was added, with {outputs} {outputs?output|outputs}.',
    weights: '{layer} keeps the numbers that still fit.',
    weights_drawn: '{layer} keeps the numbers that still fit; those that are new ({drawn}) start as in a new layer.',
    memory: 'The optimizer state of new weights starts at 0.',
    targets_added: 'The targets now have {outputs} {outputs?column|columns}; new ones are {fill}.',
    targets_removed: 'The targets now have {outputs} {outputs?column|columns}; the last were cut off.',
    targets_shaped: 'The targets now have the shape of the outputs, {shape}.',
    targets_one_hot: 'The classes became rows of {outputs} with a 1 for the class.',
    targets_pairs: 'Each target y became two probabilities: 1 − y and y.',
    targets_made: 'This loss compares the outputs with targets: all are {fill} until you give others.',
    position: 'There are fewer mini-batches now: it is the first one again.',
    targets_sides: 'Targets above {middle} became +1, and the others −1.',
    loss: 'The loss is now {loss}, because the targets are classes.',
    gradient: 'The given gradient now has the shape of the outputs, {shape}; new numbers are 1.',
    gradient_made: 'The given gradient is 1 for each output until you give another.',
    loss_alone: 'The loss is now {loss}, because there are no targets.',
    momentum: 'Momentum is now {momentum}: Nesterov needs momentum.',
    nesterov: 'Nesterov is off: it needs momentum.',
  },
  undo: 'Undo',

  /** The titles of changes: announced to screen readers, and shown in the history. */
  done: {
    added: (title: string) => `${title} added`,
    removed: (name: string) => `${name} removed`,
    moved: (name: string, place: number, all: number) => `${name} is now layer ${place} of ${all}`,
    set: (field: string, value: string) => `${field}: ${value}`,
    became: (name: string, title: string) => `${name} replaced by ${title}`,
    drawn: (name: string) => `new weights drawn for ${name}`,
    started: (seed: number) => `new weights drawn from seed ${seed}`,
    seed: (seed: number) => `Seed ${seed}`,
    rule: (rule: string) => `Weights drawn again: ${rule}`,
    frozen: (part: string) => `Froze the ${part}`,
    thawed: (part: string) => `Unfroze the ${part}`,
    biased: (name: string) => `Added a bias to ${name}`,
    unbiased: (name: string) => `Removed the bias of ${name}`,
    rowAdded: 'Sample added',
    rowRemoved: 'Sample removed',
    pastedInto: (part: string) => `Numbers pasted into the ${part}`,
    pasted: (rows: number) => `${count(rows, 'row', 'rows')} pasted`,
    inputs: (inputs: number) => count(inputs, 'input', 'inputs'),
    asClasses: 'Targets as classes',
    asRows: 'Targets as numbers',
  },
};
