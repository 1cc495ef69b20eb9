import { createDirectory, type StaffDirectory } from './directory';
import { beating } from './heartbeat';
import { iomReturn } from './iomReturn';
import type { Log, Mailer } from './mailer';
import { notifyPartner, type NoticeOrder, type NotifiedPartner, type Partners } from './notifyPartner';
import { permitApplication } from './permitApplication';
import { sendDigests, type DigestOrder, type SentLetter } from './sendDigests';

/** What the activities need of the world. */
export interface ActivityDeps {
  readonly mailer: Mailer;
  /** Where partners' mail goes, if not the same way. */
  readonly partnersMailer?: Mailer | undefined;
  readonly staff: StaffDirectory;
  readonly partners: Partners;
  /** Where people log in. */
  readonly publicUrl: string;
  readonly log?: Log | undefined;
  /** Told of each letter that the mail server took: the sender's own record, since the mail itself says nothing. */
  readonly onSent?: ((sent: SentLetter) => void) | undefined;
  /** The same for notices. */
  readonly onNotified?: ((notified: NotifiedPartner) => void) | undefined;
}

export type Activities = ReturnType<typeof createActivities>;

/** Everything that a case does outside itself, by the names that its history shows. Each is safe to repeat: a repeat carries the same Message-ID, or event id. */
export function createActivities({ mailer, partnersMailer = mailer, staff, ...deps }: ActivityDeps) {
  const post = { ...deps, mailer, directory: createDirectory(staff) };
  const gateway = { ...deps, mailer: partnersMailer };
  return {
    /** Sends what is due to people; an answer for each letter. */
    sendDigests: beating((order: DigestOrder, progress) => sendDigests(post, order, progress)),
    /** Announces to IND that she cooperates, which is her application. */
    permitApplication: beating((order: NoticeOrder, progress) => permitApplication(gateway, order, progress)),
    /** Asks IOM to prepare the return that she wants. */
    iomReturn: beating((order: NoticeOrder, progress) => iomReturn(gateway, order, progress)),
    /** Tells a partner anything else. */
    notifyPartner: beating((order: NoticeOrder, progress) => notifyPartner(gateway, order, progress)),
  };
}
