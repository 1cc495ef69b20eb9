/** How people, offices, partners, tasks, deadlines and facts are named. */
export const idShape = /^[a-z][a-z0-9-]{0,62}$/;

/** The same, for whoever wrote one that is not. */
export const idInWords = 'lower-case letters, digits and hyphens, a letter first';
