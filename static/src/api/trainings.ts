/** Trainings on the service: begin one, follow it, pause it, end it, and get the document of any of its steps. */

import { toJson } from '../model/json';
import { call, fetched } from './client';
import type { components } from './schema';
import type { NetworkDocument, Tensor } from './types';

export type TrainingState = 'running' | 'paused' | 'done' | 'cancelled' | 'diverged' | 'failed';

/** What ends a training: the first that holds. */
export interface Until {
  loss?: number;
  epochs?: number;
  steps?: number;
  plateau?: { epochs: number; min_delta: number };
}

export interface Notice {
  kind: 'dead' | 'saturated' | 'vanishing' | 'exploding' | 'plateau' | 'learned';
  layer: string | null;
  begins: number;
  message: { key: string; values: Record<string, number | string> };
}

/** How many numbers of a tensor are in each bin: those from (`first` + i) · `width` on, up to the next bin. */
export type Histogram = components['schemas']['HistogramAnswer'];

/** How well a network does at one moment, and its gradients in the next step. */
export interface Numbers {
  loss?: number | null;
  /** The step at which the numbers from here to the confusion matrices were measured. */
  measured?: number;
  training_loss?: number | null;
  held_out_loss?: number | null;
  accuracy?: number | null;
  held_out_accuracy?: number | null;
  confusion?: number[][] | null;
  held_out_confusion?: number[][] | null;
  gradients?: { layer: string; gradient: number | null; parameters: number | null }[];
  histograms?: Histogram[];
  surface?: EncodedSurface;
}

/** The numbers of a training at one moment; `step` counts the steps taken. */
export interface Moment extends Numbers {
  step: number;
  epoch?: number;
  /** Weights and biases, of a small network. */
  parameters?: Readonly<Record<string, Tensor>> | null;
  notices?: Notice[];
  ended?: keyof Until | null;
  where?: { step: number; ref: string } | null;
}

/** A training as the service answers it. */
export interface Training extends Moment {
  id: string;
  state: TrainingState;
  /** The step of the checkpoint from which it went on after its process had ended; the steps since then are taken again. */
  resumed_from: number | null;
  /** The network with the results, if the trained one was changed meanwhile. */
  branch: { id: string } | null;
}

/** The outputs of units at `size` × `size` points between the lowest and the highest inputs, row by row from below. */
export interface EncodedSurface {
  size: number;
  lowest: [number, number];
  highest: [number, number];
  /** Whether `outputs` are those of the network, or the probabilities that the loss makes of them. */
  of: 'output' | 'probability';
  outputs: Encoded;
  hidden?: Record<string, Encoded>;
}

/** Float32 in base64: for each point a number for each unit. */
export interface Encoded {
  units: number;
  float32: string;
}

/** A frame of the stream, with the losses since the one before: of these steps, counted from the start. */
export interface Frame extends Moment {
  /** With a penalty also the objectives, loss and penalty together. */
  losses: { steps: number[]; values: (number | null)[]; objectives?: (number | null)[] };
}

/** Rows of the data, for a plot: points of the plane. */
export interface Points {
  x: [number, number][];
  /** The targets of each, one for each output. */
  y: number[][];
  /** Whether each is held out. */
  held_out: boolean[];
  /** How many rows there are, of which these are evenly spaced ones. */
  rows: number;
  every: number;
  /** The number on which a single output is compared to find the class; null if the targets are no two classes. */
  border: number | null;
  /** The smallest and the largest target. */
  targets: [number, number];
}

const path = (network: string, training = ''): string =>
  `/api/networks/${encodeURIComponent(network)}/trainings${training && `/${encodeURIComponent(training)}`}`;

export const postTraining = (
  network: string,
  asked: { until: Until; speed: number | null; steps?: number },
): Promise<Training> => call(path(network), asked);

/** Pauses it or lets it go on, for so many steps if these are given. */
export const patchTraining = async (
  network: string,
  training: string,
  change: { state?: 'paused' | 'running'; speed?: number | null; steps?: number },
): Promise<void> => {
  await fetched(path(network, training), { method: 'PATCH', body: toJson(change) });
};

/** Ends it. */
export const deleteTraining = async (network: string, training: string): Promise<void> => {
  await fetched(path(network, training), { method: 'DELETE' });
};

export const getMoment = (
  network: string,
  training: string,
  step: number,
  { surface, hidden }: { surface: number; hidden: boolean },
  signal: AbortSignal,
): Promise<{ document: NetworkDocument; numbers: Numbers }> =>
  call(`${path(network, training)}/at/${step}?numbers=true&surface=${surface}&hidden=${hidden}`, undefined, signal);

export const getPoints = (network: string, training: string): Promise<Points | null> =>
  call(`${path(network, training)}/points`);

export interface Followers {
  frame: (frame: Frame) => void;
  state: (training: Training) => void;
  /** The server cannot be reached; the browser tries again. */
  lost: () => void;
}

/** Follows a training until it has ended, or the returned function is called. */
export function follow(
  network: string,
  training: string,
  asked: { rate: number; surface: number; hidden: boolean; histograms: boolean },
  followers: Followers,
): () => void {
  const query = `rate=${asked.rate}&surface=${asked.surface}&hidden=${asked.hidden}&histograms=${asked.histograms}`;
  const source = new EventSource(`${path(network, training)}/events?${query}`);
  const on = (name: string, read: (data: string) => void) =>
    source.addEventListener(name, (event) => read((event as MessageEvent<string>).data));
  on('frame', (data) => followers.frame(JSON.parse(data)));
  on('state', (data) => {
    const found: Training = JSON.parse(data);
    if (ENDED.has(found.state)) source.close();
    followers.state(found);
  });
  source.addEventListener('error', followers.lost);
  return () => source.close();
}

export const ENDED: ReadonlySet<TrainingState> = new Set(['done', 'cancelled', 'diverged', 'failed']);
