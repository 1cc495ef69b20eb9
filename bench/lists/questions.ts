/* What people ask of the lists. */

import type { Speaker } from '../sides/http';
import { caseworkersIn, national, supervisorsIn } from './askers';
import type { FilledRegister } from './filledRegister';

/** One question, as several people ask it at the same time. */
export interface Question {
  readonly name: string;
  readonly asked: readonly (() => Promise<unknown>)[];
}

/** A day's work: lists, my day, the board and the forecast. */
export async function questionsTo(register: FilledRegister): Promise<readonly Question[]> {
  const { speakers, supervisors, nation } = await askers(register);
  return [
    ...(await pagesOf(register)),
    question('my day', speakers, '/v1/tasks?assignee=me'),
    question('board', supervisors, '/v1/boards/supervisor'),
    question('forecast of an office', supervisors, '/v1/forecast'),
    question('forecast of all offices', [nation], '/v1/forecast'),
  ];
}

/** The list of cases: its first page, and one half way to its end. */
export async function pagesOf(register: FilledRegister): Promise<readonly Question[]> {
  const { cases, offices } = register;
  const { speakers, nation } = await askers(register);
  const behind = await Promise.all(speakers.map((each) => pageBehind(each, cases / offices / 2)));
  const farBack = await pageBehind(nation, cases / 2);
  return [
    question('list of an office, first page', speakers, '/v1/pathways'),
    { name: 'list of an office, page half way', asked: behind },
    question('list of all offices, first page', [nation], '/v1/pathways'),
    { name: 'list of all offices, page half way', asked: [farBack] },
  ];
}

async function askers({ speaker, offices }: FilledRegister) {
  return {
    speakers: await Promise.all(caseworkersIn(offices).map(speaker)),
    supervisors: await Promise.all(supervisorsIn(offices).map(speaker)),
    nation: await speaker(national),
  };
}

function question(name: string, speakers: readonly Speaker[], path: string): Question {
  return { name, asked: speakers.map((speaker) => () => speaker.get(path)) };
}

interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** Asks for the page behind so many cases. Only who has read the pages before it has its cursor. */
async function pageBehind(speaker: Speaker, cases: number): Promise<() => Promise<unknown>> {
  let path = '/v1/pathways?limit=100';
  for (let seen = 0; seen < cases;) {
    const { items, next } = (await speaker.get(path)) as Page;
    seen += items.length;
    if (next === null) break;
    path = `/v1/pathways?limit=100&cursor=${encodeURIComponent(next)}`;
  }
  const page = path.replace('limit=100', 'limit=50');
  return () => speaker.get(page);
}
