/** What a person can put right: its message is one line for whoever started the command. */
export abstract class UserFacingError extends Error {}
