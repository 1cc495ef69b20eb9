import type { Router } from 'express';
import { isOneOf, maySee, openers, type Caller } from '../../domain/basics/roles';
import type { CaseStart } from '../../domain/case/caseFile';
import type { Board } from '../../casework/temporal/caseList';
import type { ApiDeps } from '../deps';
import { caseStart } from '../../casework/requests/caseStart';
import type { Pathways } from '../../casework/temporal/pathways';
import { Problem } from '../problems/problems';
import { referenceFrom } from '../../casework/requests/references';
import { created, ok } from '../http/replies';
import { resources } from '../http/methods';
import type { AskedToChange, Route } from '../http/endpoint';
import type { IntakeBody, Schemas } from '../../casework/requests/schemas';

interface Parts {
  readonly route: Route;
  readonly schemas: Schemas;
  readonly pathways: Pathways;
  readonly board: Board;
  readonly deps: ApiDeps;
}

/** Opening a case, reading it, and the board of all of them. */
export function pathwayRoutes({ route, schemas, pathways, board, deps }: Parts): Router {
  return resources({
    '/pathways': {
      post: route.change({ body: schemas.intake }, async (asked) => {
        mayOpen(asked.caller, asked.body.office);
        const pathway = await pathways.open(startOf(asked, deps), asked.caller);
        return created(pathway, addressOf(pathway.reference));
      }),
      get: route.read({ query: schemas.listing }, async ({ caller, query }) => {
        const office = query.office ?? caller.office;
        mayList(caller, office);
        return ok(await board.page({ ...query, office }));
      }),
    },
    '/pathways/:reference': {
      get: route.read({}, async ({ reference, caller, now }) => ok(await pathways.find(reference, { caller, now }))),
    },
    '/pathways/:reference/intake': {
      get: route.read({}, async ({ reference, caller }) => ok(await pathways.intake(reference, caller))),
    },
  });
}

/** Where a pathway is found. */
export function addressOf(reference: string): string {
  return `/v1/pathways/${reference}`;
}

function mayOpen(caller: Caller, office: string): void {
  if (!isOneOf(caller, openers)) throw new Problem('role-not-allowed');
  if (!maySee(caller, office)) throw new Problem('other-office');
}

// A partner sees the case that he was told of, by its reference; a list of all of them is not for him.
function mayList(caller: Caller, office: string | undefined): void {
  if (caller.partner !== undefined) throw new Problem('role-not-allowed');
  if (office !== undefined && !maySee(caller, office)) throw new Problem('other-office');
}

// The reference comes from the request's key, so that a repeated request meets its own case.
function startOf({ body, caller, now, key }: AskedToChange<IntakeBody>, deps: ApiDeps): CaseStart {
  const reference = referenceFrom(deps.hash('reference', key.hash));
  return caseStart(body, { reference, registeredAt: now, registeredBy: caller.id, bodyHash: key.body }, deps);
}
