/* The list of editions, and the current one. */

import type { Edition } from '../edition';
import { be200809 } from './be-2008-09';
import { bg } from './bg';
import { de201111 } from './de-2011-11';
import { nl201208 } from './nl-2012-08';
import { nl201510 } from './nl-2015-10';
import type { DeadlineId201510 } from './nl-2015-10.deadlines';
import type { TaskId201510 } from './nl-2015-10.tasks';
import { nl202305, type DeadlineId202305, type TaskId202305 } from './nl-2023-05';
import { nl202606 } from './nl-2026-06';
import { nl202607 } from './nl-2026-07';
import { no } from './no';
import { uk202212 } from './uk-2022-12';

/** Every published edition, the current one first. */
export const editions: readonly Edition[] = [nl202305, nl201510, nl201208, nl202606, nl202607, be200809, de201111, bg, uk202212, no];

/** The ids of all rows of all editions, for which `words/` has names. An edition with rows of its own adds their ids here. */
export type TaskId = TaskId201510 | TaskId202305;
export type DeadlineId = DeadlineId201510 | DeadlineId202305;

/** The edition of a new case, unless the intake or the settings name another. */
export const currentEdition: Edition = nl202305;

/** The edition of that name, if there is one. */
export function findEdition(name: string): Edition | undefined {
  return editions.find(({ edition }) => edition === name);
}

/** The edition of that name; the current one, where no edition has it or no name is given. */
export function editionOrCurrent(name: string | undefined): Edition {
  return (name === undefined ? undefined : findEdition(name)) ?? currentEdition;
}
