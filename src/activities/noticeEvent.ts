import type { Notice } from '../domain/state/situation';
import { linkTo, mailId } from './envelope';

/**
 * example.org belongs to nobody, so the type is the same wherever the service runs, and receivers can rely on it. `source` names the
 * installation.
 */
const typePrefix = 'org.example.pathways.notice';

/**
 * A notice as a CloudEvent 1.0: reference, kind, date and link (docs/policy.md, section 5). It has no time, which would reveal more than
 * the date.
 */
export interface NoticeEvent {
  readonly specversion: '1.0';
  /** The same for a repeat, so that a receiver can recognise it. */
  readonly id: string;
  readonly type: `${typeof typePrefix}.${Notice['kind']}`;
  readonly source: string;
  readonly subject: string;
  readonly datacontenttype: 'application/json';
  readonly data: Pick<Notice, 'kind'> & { readonly reference: string; readonly date: string; readonly link: string };
}

export function noticeEvent({ id, kind, on }: Notice, reference: string, publicUrl: string): NoticeEvent {
  return {
    specversion: '1.0',
    id: mailId(reference, id),
    type: `${typePrefix}.${kind}`,
    source: publicUrl,
    subject: reference,
    datacontenttype: 'application/json',
    data: { reference, kind, date: on, link: linkTo(publicUrl, reference) },
  };
}
