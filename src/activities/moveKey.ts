/** The keys of the cases, each of which names the office of its case. */
export interface KeyOffices {
  moveTo(reference: string, office: string): Promise<void>;
}

/** A case that moved to another office. */
export interface MoveOrder {
  readonly reference: string;
  readonly office: string;
}

/** Names the new office beside the key of a case. People of that office may decode it from then on, and others no more. */
export function keyMover(keys: KeyOffices): (order: MoveOrder) => Promise<void> {
  return ({ reference, office }) => keys.moveTo(reference, office);
}
