import { texts } from '../texts';
import { FilePart } from './FilePart';
import { LinkPart } from './LinkPart';
import { PicturePart } from './PicturePart';
import { StoredPart } from './StoredPart';
import './share.css';

/** A link, a file, a picture, or the server's keeping. */
export function Ways() {
  return (
    <div class="share">
      <h2>{texts.share.title}</h2>
      <LinkPart />
      <FilePart />
      <PicturePart />
      <StoredPart />
    </div>
  );
}
