import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts';
import { LinkButton } from './buttons';

/**
 * A view whose code is loaded when it is first opened, so that the first picture does not wait for it. A failed preload is
 * ignored and tried again later.
 */
export function later<Props extends object = object>(
  load: () => Promise<FunctionComponent<Props>>,
  waiting: 'seen' | 'unseen' = 'seen',
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | null = null;
  return function Later(props: Props) {
    const [state, setState] = useState<'loading' | 'failed' | 'loaded'>(loaded ? 'loaded' : 'loading');
    useEffect(() => {
      if (state !== 'loading') return;
      load().then(
        (view) => {
          loaded = view;
          setState('loaded');
        },
        () => setState('failed'),
      );
    }, [state]);
    if (loaded) {
      const View = loaded;
      return <View {...props} />;
    }
    if (waiting === 'unseen') return null;
    return (
      <section class="later" aria-busy={state === 'loading'}>
        {state === 'loading' ? (
          <p>{texts.views.opening}</p>
        ) : (
          <p role="alert" class="message">
            {texts.views.failed} <LinkButton onClick={() => setState('loading')}>{texts.problems.retry}</LinkButton>
          </p>
        )}
      </section>
    );
  };
}
