/** The words of the Train view, which are loaded with it. */

import messages from '../../../../tinyml/narrate/messages/training.en.json';

const counted = (count: number): string => count.toLocaleString('en');

export const train = {
  messages,
  title: 'Training',
  empty:
    'Press Train: the network that is shown learns from its data, training step after training step, and you watch. Pause at any moment, or press a point of a curve, and that training step opens in all views.',
  beginning: 'The training begins …',
  lost: 'The server cannot be reached. The training is followed again as soon as it answers.',

  controls: {
    play: 'Train',
    playTitle: (step: number) => `Train from training step ${counted(step)} on, with the network that is shown`,
    pause: 'Pause',
    pauseTitle: 'Pause, and open the training step that is reached in all views',
    step: 'One step',
    stepTitle: 'Take one training step, on one mini-batch',
    epoch: 'One epoch',
    epochTitle: (steps: number) =>
      steps === 1
        ? 'Take one training step: the batch is the whole data'
        : `Take ${counted(steps)} training steps: each row once`,
    reset: (step: number) => `Back to training step ${counted(step)}`,
    resetTitle: 'End this training, and show the network that it began with',
    speed: 'Speed',
    speedTitle: 'How many training steps a second are taken, at most',
    fastest: 'as fast as it goes',
    perSecond: (steps: number) => (steps === 1 ? '1 step a second' : `${counted(steps)} steps a second`),
  },

  goals: {
    until: 'Until',
    title: 'What ends the next training: the first of these. An empty field is no goal',
    loss: { before: 'loss ≤', after: '' },
    epochs: { before: '', after: 'epochs' },
    plateau: { before: 'no lower loss for', after: 'epochs' },
    delta: { before: 'by more than', after: '' },
    negative: (text: string) => `“${text}” is not a number from 0 on. Write it like 0.001.`,
    says: {
      loss: (value: string) => `the loss of an epoch is at most ${value}`,
      epochs: (count: number) => (count === 1 ? '1 epoch is done' : `${counted(count)} epochs are done`),
      plateau: (epochs: number, by: string | null) =>
        `the loss of ${epochs === 1 ? 'an epoch is' : `${counted(epochs)} epochs in a row is`} not lower ${by === null ? '' : `by more than ${by} `}than the lowest before`,
      all: (goals: readonly string[]) =>
        goals.length === 0
          ? 'It trains until you pause it.'
          : `It trains until ${goals.join(', or ')}${goals.length > 1 ? ', whichever is first' : ''}.`,
    },
    notANumber: (text: string) => `“${text}” is not a number. Write it like 0.01 or 1e-5.`,
    notWhole: (text: string) => `“${text}” is not a whole number above 0.`,
  },

  status: {
    epochs: (count: number) => `epoch ${counted(count + 1)}`,
    loss: 'loss of all rows',
    heldOutLoss: 'held-out loss',
    accuracy: 'accuracy',
    heldOutAccuracy: 'held-out accuracy',
    pace: (steps: number) => `${counted(steps)} steps a second`,
    states: {
      running: 'It trains.',
      paused: 'Paused.',
      done: 'It has ended.',
      cancelled: 'It was ended.',
      diverged: 'It diverged: a number is not finite.',
      failed: 'It failed: the process that computed it was ended several times.',
    },
    ended: {
      loss: 'It has ended: the loss is low enough.',
      epochs: 'It has ended: all epochs are done.',
      steps: 'It has ended: all training steps are done.',
      plateau: 'It has ended: the loss has not become lower.',
    },
    open: (step: number) => `Training step ${counted(step)} is open in`,
  },

  curves: {
    loss: 'Loss',
    accuracy: 'Accuracy',
    scale: 'Scale of the vertical axis',
    miniBatch: 'mini-batch',
    objective: 'mini-batch with penalty',
    training: 'trained on',
    heldOut: 'held out',
    earlier: (number: number) => `training ${number}`,
    share: 'share of the rows',
    nearest: (name: string, step: number) => `${name} (step ${counted(step)})`,
    slider: (title: string) => `${title} by training step`,
    hint: 'Left and right arrow keys go from one recorded training step to the next, Enter opens it.',
    empty: 'No numbers yet.',
    caption: (title: string, shown: number, all: number) =>
      shown === all ? `${title} by training step` : `${title} at ${shown} of ${counted(all)} recorded training steps`,
  },

  following: {
    title: 'Running training',
    running: (number: number, step: number) => `Training ${counted(number)} is at training step ${counted(step)}.`,
    shown: (step: number) => `Shown is training step ${counted(step)}.`,
    open: 'Open the newest',
    openTitle: 'Show the training step that the training has reached, with every number of it',
    follow: 'Follow',
    followTitle: 'Show the newest training step again and again, until another one or an edit is chosen',
  },
  surface: {
    byHand: (step: number) =>
      `The surface is that of training step ${counted(step)}. Train goes on from the network that is shown, with these points.`,
    title: 'In the plane',
    label: (lowest: readonly number[], highest: readonly number[], rows: number) =>
      `The output in the plane of the inputs, x₁ from ${lowest[0]?.toPrecision(3)} to ${highest[0]?.toPrecision(3)}, x₂ from ${lowest[1]?.toPrecision(3)} to ${highest[1]?.toPrecision(3)}, with ${counted(rows)} rows of the data.`,
    some: (shown: number, rows: number) => `${counted(shown)} of ${counted(rows)} rows are drawn.`,
    choice: 'Unit',
    output: (place: number | null) => (place === null ? 'output' : `output ${place}`),
    probability: (place: number | null) => (place === null ? 'probability' : `probability ${place}`),
    unit: (layer: string, place: number) => `${layer}, unit ${place}`,
    hidden: 'hidden units',
    hiddenTitle: 'Offer the units of all layers as well',
    row: (row: number, x: string, y: string, target: string, heldOut: boolean) =>
      `Row ${counted(row)}: x₁ = ${x}, x₂ = ${y}, y = ${target}${heldOut ? ', held out' : ''}`,
    training: 'trained on',
    heldOut: 'held out',
    axes: ['x₁', 'x₂'],
    reading: (across: string, up: string, value: string) => `x₁ = ${across}, x₂ = ${up}: ${value}`,
  },

  gradients: {
    title: 'Gradients of the layers',
    hint: 'The root mean square of the gradients of each layer’s parameters, in the next training step',
    caption: 'Root mean square of ∂ℓ/∂w over the parameters of a layer, next training step, logarithmic',
  },

  confusion: {
    training: 'Predicted classes of the training rows',
    heldOut: 'Predicted classes of the held-out rows',
    caption: 'A row for each class, a column for each predicted one',
    true: 'class',
    predicted: 'predicted class',
    cell: (count: number, truth: number, predicted: number) =>
      `${count === 1 ? '1 row' : `${counted(count)} rows`} of class ${truth}, predicted as ${predicted}`,
  },

  notices: {
    diverged: (step: number, ref: string) =>
      `In training step ${counted(step)} the first number that is not finite is ${ref}. The training ended before it.`,
    open: (step: number) => `Open training step ${counted(step)}`,
    resumed: (step: number) =>
      `A process of the service ended. The training went on from training step ${counted(step)}; the steps after it were taken again, with the same numbers.`,
  },

  histograms: {
    title: 'Weights and activations',
    show: 'Show',
    hide: 'Hide',
    coming: 'The histograms come with the next numbers …',
    none: 'Train, or open a training step: then its histograms are here.',
    activations: (layer: string) => `activations of ${layer}`,
    parameter: (tensor: string) => `parameters ${tensor}`,
    hint: 'Left and right arrow keys go from one bin to the next.',
    bin: (from: string, to: string, count: number, size: number) =>
      `${from} to ${to}: ${counted(count)} of ${counted(size)}`,
    notFinite: (count: number) => `${counted(count)} not finite`,
    spread: (mean: string, size: string) => `Mean ${mean}, root mean square ${size}`,
    caption: 'The numbers of each layer in the next training step; activations are those of the mini-batch',
    columns: {
      numbers: 'Numbers',
      of: {
        size: 'Count',
        lowest: 'Lowest',
        mean: 'Mean',
        highest: 'Highest',
        rms: 'Root mean square',
        bin: 'Fullest bin',
      },
    },
  },

  moments: {
    title: 'Two moments',
    hint: 'Pin the open training step, then open another one, of this training or of the next: their numbers are here side by side.',
    another: (step: number) =>
      `Training step ${counted(step)} is pinned. Open another one: press a point of a curve, or train on.`,
    pin: (step: number) => `Pin training step ${counted(step)}`,
    open: (step: number) => `Open training step ${counted(step)}`,
    moment: (number: number, step: number) => `training ${number}, training step ${counted(step)}`,
    caption: 'The numbers of the pinned and of the open training step',
    activations: (layer: string) => `activations of ${layer}, root mean square`,
    parameter: (tensor: string) => `parameters ${tensor}, root mean square`,
    gradient: (layer: string) => `gradients of ${layer}, root mean square`,
  },

  diagram: {
    title: 'The network',
    label: (step: number, lines: number) =>
      `The ${counted(lines)} weights and biases of training step ${counted(step)} as lines: wide ones are large, dashed ones negative.`,
    caption: 'Weights and biases',
    parameter: 'Parameter',
    value: 'Value',
  },

  save: {
    title: 'Save',
    of: (title: string) => `Save: ${title}`,
    titles: {
      svg: 'Vector graphics in light colours, sharp at every size',
      png: 'Pixels at three times the screen’s resolution',
      csv: 'The numbers with all their digits, for spreadsheets and programs',
    },
    saved: (file: string) => `Saved as ${file}.`,
    failed: 'The picture could not be made.',
  },
};
