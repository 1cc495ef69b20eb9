/* All activities, by the names that a history shows. */

import { createDirectory, type StaffDirectory } from './directory';
import { beating } from './heartbeat';
import type { Log, Mailer } from './mailer';
import { keyMover, type KeyOffices } from './moveKey';
import { notifyPartner, type NoticeOrder, type NotifiedPartner, type Partners } from './notifyPartner';
import { sendDigests, type DigestOrder, type SentLetter } from './sendDigests';
import { registerWriter, type RegisterOfCases } from './writeRegister';

/** What the activities need of the world. */
export interface ActivityDeps {
  readonly mailer: Mailer;
  /** Where partners' mail goes, if not the same way. */
  readonly partnersMailer?: Mailer | undefined;
  readonly staff: StaffDirectory;
  readonly partners: Partners;
  readonly keys: KeyOffices;
  readonly register: RegisterOfCases;
  /** Where people log in. */
  readonly publicUrl: string;
  readonly log?: Log | undefined;
  /** Called with each letter that the mail server took: the sender's own record, since the mail itself says nothing. */
  readonly onSent?: ((sent: SentLetter) => void) | undefined;
  /** The same for notices. */
  readonly onNotified?: ((notified: NotifiedPartner) => void) | undefined;
}

/** The activities of each kind of effect; each kind has a task queue of its own (workflows/effects.ts). */
export type Activities = ReturnType<typeof createActivities>;

/** The activities that the worker of the cases runs itself, as part of a task. */
export function localActivities({ register }: Pick<Activities, 'register'>) {
  return { activities: register, enableNonLocalActivities: false } as const;
}

/** Everything that a case does outside itself, by the names that its history shows. Each is safe to repeat: a repeat carries the same Message-ID, or event id. */
export function createActivities({ mailer, partnersMailer = mailer, staff, keys, register, ...deps }: ActivityDeps) {
  const mailRoom = { ...deps, mailer, directory: createDirectory(staff) };
  const gateway = { ...deps, mailer: partnersMailer };
  const notice = beating((order: NoticeOrder, progress) => notifyPartner(gateway, order, progress));
  return {
    notify: {
      /** Sends the letters of one wake; an answer for each letter. */
      sendDigests: beating((order: DigestOrder, progress) => sendDigests(mailRoom, order, progress)),
      /** Announces to IND that the person cooperates. That notice is the application for a permit (VC15 B8/3); the form M55 itself is a task of the police. */
      permitApplication: notice,
      /** Refers a return to IOM, as the person asked and with their consent to the exchange. IOM sees the case after its own login. */
      iomReturn: notice,
      /** Sends any other notice to a partner. */
      notifyPartner: notice,
      /** Names the office of a case that moved beside its key. */
      moveKey: keyMover(keys),
    },
    register: {
      /** Writes a case into the register, where nobody wrote for it. */
      writeRegister: registerWriter(register),
    },
  };
}
