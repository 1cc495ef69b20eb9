/** An error that the user can fix. Its message is one line for the person who started the command. */
export abstract class UserFacingError extends Error {}
