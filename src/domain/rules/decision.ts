/* Facts of the decision about a route. */

import type { Edition } from '../policy/edition';
import { notPossible, Refusal } from '../basics/refusal';
import { openStages, type Situation, type Stage } from '../state/situation';
import { endPeriod, isJudgedAsInReflection } from '../state/reflectionPeriod';
import { routes, type Fact } from '../facts/catalogue';
import type { FactTable } from './row';

type Route = (typeof routes)[number];

/** Which routes may be proposed and decided in which stage. */
const routesIn: Readonly<Partial<Record<Stage, readonly Route[]>>> = {
  reflection: ['return', 'humanitarianPermit'],
  decision: routes,
  permitApplication: ['return'],
  permit: ['return'],
  assistance: routes,
  otherProcedure: routes,
};
const stagesWithRoutes = Object.keys(routesIn) as Stage[];

/** Facts by which people, never the clock, decide the route. One person proposes, another decides. */
export const decisionFacts = {
  routeProposed: {
    possibleIn: stagesWithRoutes,
    recordedBy: ['caseworker', 'careCoordinator', 'lawyer'],
    choices: eachRoute,
    refusedBecause: notARouteHere,
    changes: ({ stage }, { route, by }) => ({ proposal: { route, by: by.id, madeIn: stage } }),
    says: { nl: 'Voorstel voor het vervolg: {route}.', en: 'Route proposed: {route}.' },
    source: 'ours: two persons decide',
  },
  routeRejected: {
    possibleIn: openStages,
    recordedBy: ['supervisor'],
    choices: eachRoute,
    refusedBecause: noSuchProposal,
    changes: () => ({ proposal: null }),
    says: { nl: 'Voorstel afgewezen: {route}.', en: 'Proposal rejected: {route}.' },
    source: 'ours',
  },
  routeDecided: {
    possibleIn: openStages,
    recordedBy: ['supervisor'],
    choices: eachRoute,
    refusedBecause: (situation, fact, edition) =>
      noSuchProposal(situation, fact) ??
      (situation.proposal?.by === fact.by.id ? new Refusal('same-person') : null) ??
      (fact.route === 'humanitarianPermit' ? withoutEvidence(situation, edition) : null),
    changes: (situation, { route, on }) =>
      route === 'humanitarianPermit'
        ? {
            proposal: null,
            application: { kind: 'humanitarian', since: on, extendedBy: null },
            ...endPeriod(situation, on, 'otherApplication'),
          }
        : { proposal: null },
    says: { nl: 'Besloten: {route}.', en: 'Decided: {route}.' },
    source: 'VC15 B8/3 for the routes and the evidence; ours: never who proposed it',
  },
} satisfies Partial<FactTable>;

/** The permit needs the police's victim statement and one of the edition's grounds; the refusal names every ground that would do. */
function withoutEvidence({ lastRecordedOn, minor }: Situation, { humanitarianPermit: { grounds } }: Edition): Refusal | null {
  const hasGround = grounds.some((ground) => (ground === 'minority' ? minor : ground in lastRecordedOn));
  const missing = [
    ...('victimStatementIssued' in lastRecordedOn ? [] : ['victimStatementIssued']),
    ...(hasGround ? [] : grounds.filter((ground) => ground !== 'minority')),
  ];
  return missing.length === 0 ? null : notPossible(...missing);
}

function eachRoute(): { readonly route: Route }[] {
  return routes.map((route) => ({ route }));
}

function notARouteHere({ stage }: Situation, { route }: Pick<Fact<'routeDecided'>, 'route'>): Refusal | null {
  return routesIn[stage]?.includes(route) === true ? null : notPossible();
}

/** A proposal of the reflection stage outlasts the end of the period for late news of the period, and for nothing else. */
function noSuchProposal(situation: Situation, { route, on }: Pick<Fact<'routeDecided'>, 'route' | 'on'>): Refusal | null {
  const { proposal, stage } = situation;
  const open = proposal?.madeIn === stage || isJudgedAsInReflection(situation, on);
  return open && proposal?.route === route ? null : new Refusal('no-proposal');
}
