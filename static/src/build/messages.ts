/** Where an error is told: at the field it is about, or else at the smallest part of the page that holds it. */

import type { Trouble } from '../state/trouble';

export interface Message {
  where: string;
  text: string;
}

const FIELD = /^\/(?:[xy]\/\d+(?:\/\d+)?|layers\/\d+\/[a-z]+\/\d+(?:\/\d+)?|optimizer\/lr|loss\/type)$/;
const PART = /^\/(?:layers\/\d+|x|y|loss|optimizer)/;

export function messagesOf(trouble: Trouble | null): Message[] {
  if (trouble?.kind !== 'refused') return [];
  const { detail, where, errors } = trouble.problem;
  const all = errors?.length ? errors : [{ where: where ?? '', detail }];
  return all.map((error) => ({ where: anchor(error.where), text: error.detail || detail }));
}

export function anchor(where: string): string {
  return FIELD.test(where) ? where : (PART.exec(where)?.[0] ?? '');
}
