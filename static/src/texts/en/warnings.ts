/** The words around warnings; their sentences are the service's messages. */

export const warnings = {
  /** The name of the sign: for a layer, or otherwise for the targets. */
  ofLayer: (layer: string) => `Warning: ${layer}`,
  ofTargets: 'Warning: targets',
  sign: 'Warning',
  targets: 'targets',
  group: 'Warnings about this network',
  remove: (layer: string) => `Remove ${layer}`,
  outputs: (count: number) => `Use ${count} outputs`,
  loss: (title: string) => `Use ${title}`,
  shareTargets: 'Divide each sample’s targets by their sum',

  /** The title of the remedy, for the history. */
  done: {
    outputs: (layer: string, count: number) => `${layer}: ${count} outputs`,
    loss: (title: string) => `Loss: ${title}`,
    shareTargets: 'Targets divided by their sums',
  },
};
