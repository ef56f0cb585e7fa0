/** The page's end of the worker that reads tables. */

import type { Choice } from './faults';
import type { Row } from './parse';
import type { Settings, Taken, Understood } from './understand';
import type { Reply, Request } from './worker';

type Asked = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never;

export class Reader {
  #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  #waiting = new Map<number, (reply: Reply) => void>();
  #asked = 0;

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      this.#waiting.get(data.id)?.(data);
      this.#waiting.delete(data.id);
    };
  }

  read = async (source: Blob | string, settings: Settings, classes: boolean): Promise<Understood> =>
    understoodIn(await this.#ask({ kind: 'read', source, settings, classes }));

  again = async (settings: Settings, classes: boolean): Promise<Understood> =>
    understoodIn(await this.#ask({ kind: 'again', settings, classes }));

  async take(choice: Choice): Promise<Taken> {
    const reply = await this.#ask({ kind: 'take', choice });
    if (!('taken' in reply)) throw new Error('failed' in reply ? reply.failed : 'no rows');
    return reply.taken;
  }

  /** The rows of a text alone. */
  async rows(text: string): Promise<readonly Row[]> {
    const reply = await this.#ask({ kind: 'rows', text });
    return 'rows' in reply ? reply.rows : [];
  }

  close(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #ask(request: Asked): Promise<Reply> {
    const id = ++this.#asked;
    const reply = new Promise<Reply>((resolve) => this.#waiting.set(id, resolve));
    this.#worker.postMessage({ ...request, id });
    return reply;
  }
}

function understoodIn(reply: Reply): Understood {
  if (!('understood' in reply)) throw new Error('failed' in reply ? reply.failed : 'nothing');
  return reply.understood;
}
