type Wish = string | number | undefined;

/** Wishes as the query of an address: a list of values is one name repeated, and what is left out is not there. */
export function queryOf(wishes: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wishes) as [string, Wish | Wish[]][])
    for (const each of [value].flat()) if (each !== undefined) query.append(name, String(each));
  return `?${query.toString()}`;
}
